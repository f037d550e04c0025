/** The providers of hooks: the one that ships, and those that somebody has put into the folder {@code plugins/}. */
package dev.tinysse.server.plugins;
