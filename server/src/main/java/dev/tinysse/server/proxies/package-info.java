/** Who a client is that comes through proxies. Knows texts and addresses, nothing of connections. */
package dev.tinysse.server.proxies;
