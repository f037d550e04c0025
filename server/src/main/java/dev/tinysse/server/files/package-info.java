/**
 * Static files: what lies in one folder, under one URL path. The names are those of RFC 9110.
 */
package dev.tinysse.server.files;
