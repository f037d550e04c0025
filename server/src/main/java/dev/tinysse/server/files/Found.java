package dev.tinysse.server.files;

/** The target of a path. */
sealed interface Found {

    /** A file to serve. */
    record File(ServedFile file) implements Found {}

    /** A folder, asked for without the slash at its end. */
    record FolderWithoutSlash() implements Found {}

    /** Nothing that may be seen. */
    record Nothing() implements Found {}
}
