package dev.tinysse.server.settings;

/**
 * A value as the user wrote it.
 *
 * @param text the value
 * @param origin the flag, the variable, or the key and its file
 */
record RawValue(String text, String origin) {}
