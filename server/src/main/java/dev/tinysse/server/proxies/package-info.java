/** The address of a client that comes through proxies. Handles texts and addresses, not connections. */
package dev.tinysse.server.proxies;
