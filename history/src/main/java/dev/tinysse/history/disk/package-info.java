/** What the log needs of a disk, so that tests can make it fail: directories, files, and bytes of a fixed layout. */
package dev.tinysse.history.disk;
