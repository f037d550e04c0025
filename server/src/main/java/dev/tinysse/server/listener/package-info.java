/** Where a server listens, and what its log says of that. */
package dev.tinysse.server.listener;
