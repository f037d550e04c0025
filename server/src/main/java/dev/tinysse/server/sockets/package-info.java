/** Sockets that listen: of the network and of the machine, and what the system does for the connections to them. */
package dev.tinysse.server.sockets;
