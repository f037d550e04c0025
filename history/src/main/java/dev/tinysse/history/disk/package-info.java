/** The disk operations of the log, so that tests can make them fail: directories, files, and bytes of a fixed layout. */
package dev.tinysse.history.disk;
