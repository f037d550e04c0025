package dev.tinysse.luahooks;

import dev.tinysse.api.ScriptException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with a script.
 *
 * @param path where it is
 */
record ScriptFile(Path path) {

    /** The folder that it is in, {@code .} if the path names none. */
    String folder() {
        return path.getParent() == null ? "." : path.getParent().toString();
    }

    /** Where {@code require} looks at last, in the form of {@code package.path}: the script's own folder. */
    String searchPath() {
        return folder() + "/?.lua;" + folder() + "/?/init.lua";
    }

    /** The name of the chunk in Lua. */
    String chunkName() {
        return "@" + path;
    }

    /**
     * The bytes of the script.
     *
     * @throws ScriptException if it cannot be read
     */
    byte[] read() throws ScriptException {
        try {
            if (Files.isDirectory(path)) {
                throw new ScriptException("cannot read script " + path + ": is a directory");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new ScriptException("cannot read script " + path + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new ScriptException("cannot read script " + path + ": permission denied", e);
        } catch (IOException e) {
            throw new ScriptException("cannot read script " + path + ": " + e.getMessage(), e);
        }
    }
}
