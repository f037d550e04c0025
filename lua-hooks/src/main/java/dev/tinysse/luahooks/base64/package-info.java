/** Base64 (RFC 4648), padded, and read strictly. */
package dev.tinysse.luahooks.base64;
