package dev.tinysse.luahooks.check;

/**
 * Something wrong with a script.
 *
 * @param line where, from 1
 * @param column the place in the line, in characters from 1
 * @param text what is wrong
 */
public record Finding(int line, int column, String text) {}
