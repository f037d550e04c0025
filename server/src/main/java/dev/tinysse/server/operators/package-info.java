/** The admin listener of a server, assembled from the admin API and the console. */
package dev.tinysse.server.operators;
