/**
 * The settings of users: one table of options, read from the command line, the environment and a file, and made into one
 * immutable {@link dev.tinysse.server.settings.Settings}.
 */
package dev.tinysse.server.settings;
