/** The script of a server: loaded, loaded again, and called by the clock. */
package dev.tinysse.server.scripts;
