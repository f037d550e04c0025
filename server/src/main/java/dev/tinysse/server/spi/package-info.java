/** What modules provide that the server loads on demand. */
package dev.tinysse.server.spi;
