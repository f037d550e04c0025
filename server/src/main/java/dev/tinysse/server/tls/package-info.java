/** TLS under HTTP and streams: certificates out of files, and connections that are encrypted without a thread or a buffer of their own. */
package dev.tinysse.server.tls;
