/** JSON text (RFC 8259) as values of Lua and back, byte by byte, with the results and errors that scripts know. */
package dev.tinysse.luahooks.packages.json;
