/** The durable streams of a module, put in front of the server's other paths. */
package dev.tinysse.server.durable;
