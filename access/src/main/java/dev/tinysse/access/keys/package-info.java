/** The keys with which tokens are verified and made: of files, and of key sets that are fetched. */
package dev.tinysse.access.keys;
