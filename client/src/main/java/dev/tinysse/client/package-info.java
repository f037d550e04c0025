/** The commands, as the command line finds them. */
package dev.tinysse.client;
