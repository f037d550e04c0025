package dev.tinysse.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.StreamSupport;

/**
 * A folder whose visible files may be seen, and nothing outside of it. Any thread may look things up. The file system is
 * asked each time, so the folder may change, or be a link that is moved on to the next release.
 */
final class Folder {
    private static final String INDEX = "index.html";

    private final Path top;

    /** Makes a folder of a path, which has to be one at this moment. */
    Folder(Path top) throws IOException {
        this.top = top;
        if (!Files.isDirectory(top.toRealPath())) {
            throw new NotDirectoryException(top.toString());
        }
    }

    /** Looks up a path. A path with a slash at its end stands for the index of a folder, never for a file. */
    Found find(UrlPath path) {
        try {
            var root = top.toRealPath();
            var entry = root.resolve(String.join("/", path.names()));
            var found = look(root, path.slash() ? entry.resolve(INDEX) : entry);
            return path.slash() && found instanceof Found.FolderWithoutSlash ? new Found.Nothing() : found;
        } catch (IOException | InvalidPathException e) {
            // not there, no folder on the way, a name too long or not to be had here: all the same to a client
            return new Found.Nothing();
        }
    }

    private static Found look(Path root, Path entry) throws IOException {
        var real = entry.toRealPath();
        if (!real.startsWith(root) || !visible(root.relativize(real)) || !Files.isReadable(real)) {
            return new Found.Nothing();
        }
        var attributes = Files.readAttributes(real, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
            return new Found.File(new ServedFile(real, entry.getFileName().toString(), attributes.size(),
                    attributes.lastModifiedTime().toInstant()));
        }
        return attributes.isDirectory() && !entry.endsWith(INDEX)
                ? new Found.FolderWithoutSlash()
                : new Found.Nothing();
    }

    /** A link may lead to a hidden file by a visible name, so the names behind it count. */
    private static boolean visible(Path relative) {
        return relative.toString().isEmpty()
                || StreamSupport.stream(relative.spliterator(), false).map(Path::toString).allMatch(UrlPath::visible);
    }
}
