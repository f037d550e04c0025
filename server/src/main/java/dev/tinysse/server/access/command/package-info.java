/** The commands {@code tinysse token} and {@code tinysse api-key}. */
package dev.tinysse.server.access.command;
