/** The process of the server: its signals, its exit status, its heap. */
package dev.tinysse.server.process;
