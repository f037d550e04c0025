/** The log of accesses: a line for each request when it is answered, and for each stream when it ends. */
package dev.tinysse.server.accesslog;
