package dev.tinysse.access;

import dev.tinysse.server.rights.Rights;

/**
 * A key of an application.
 *
 * @param name of the application
 * @param hash SHA-256 of the key; nobody changes it
 * @param rights what it may do
 */
record ApiKey(String name, byte[] hash, Rights rights) {}
