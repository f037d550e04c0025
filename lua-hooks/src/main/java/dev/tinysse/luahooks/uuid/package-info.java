/** Identifiers that rise with time. */
package dev.tinysse.luahooks.uuid;
