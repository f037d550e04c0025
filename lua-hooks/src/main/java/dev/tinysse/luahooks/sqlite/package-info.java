/**
 * Databases of SQLite as scripts use them, without Lua: texts of several statements that are done whole or not at all, values
 * with their bytes as they are, and work that can be stopped. {@link dev.tinysse.luahooks.sqlite.Database} is the way
 * in.
 */
package dev.tinysse.luahooks.sqlite;
