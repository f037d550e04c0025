package dev.tinysse.luahooks.packages.sqlite;

/**
 * What a text of statements has done.
 *
 * @param rowsAffected how many rows its statements have inserted, updated or deleted
 * @param lastInsertId the row id of the latest insert of the connection, 0 if there was none
 */
public record Changes(long rowsAffected, long lastInsertId) {}
