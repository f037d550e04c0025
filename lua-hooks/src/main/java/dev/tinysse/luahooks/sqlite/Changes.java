package dev.tinysse.luahooks.sqlite;

/**
 * The changes of a text of statements.
 *
 * @param rowsAffected how many rows its statements have inserted, updated or deleted
 * @param lastInsertId the row id of the latest insert of the connection, 0 if there was none
 */
public record Changes(long rowsAffected, long lastInsertId) {}
