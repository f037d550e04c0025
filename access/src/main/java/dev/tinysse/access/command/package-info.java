/** The commands {@code tinysse token} and {@code tinysse api-key}. */
package dev.tinysse.access.command;
