/** What the server asks of the module {@code dev.tinysse.access}, which has the keys. It is loaded only where a server has some. */
package dev.tinysse.server.access;
