/** Encrypted and signed tokens after the Fernet specification, version 0x80. */
package dev.tinysse.luahooks.fernet;
