package dev.tinysse.lua.lib.require;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.runtime.LuaRuntime;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Paths of {@code package}: templates of file names, separated by semicolons, with a question mark where the name of a module goes. */
final class SearchPath {
    private static final String SEPARATOR = ";";
    private static final String MARK = "?";
    private static final int MAX_LENGTH = 1 << 28;

    private SearchPath() {}

    /**
     * The path that the environment sets, in which two semicolons in a row stand for the default.
     *
     * @param variable the variable without version; the one with the version goes first
     */
    static String fromEnvironment(UnaryOperator<String> environment, String variable, String standard) {
        String path = environment.apply(variable + "_5_4");
        if (path == null) {
            path = environment.apply(variable);
        }
        if (path == null) {
            return standard;
        }
        int gap = path.indexOf(SEPARATOR + SEPARATOR);
        if (gap < 0) {
            return path;
        }
        String before = path.substring(0, gap);
        String after = path.substring(gap + 2);
        return (before.isEmpty() ? "" : before + SEPARATOR) + standard + (after.isEmpty() ? "" : SEPARATOR + after);
    }

    /** All the file names that {@code path} makes of {@code name}, in the same form. */
    static String expand(LuaRuntime runtime, String name, String path) {
        long marks = path.chars().filter(c -> c == MARK.charAt(0)).count();
        long length = path.length() + marks * name.length();
        runtime.charge(length);
        if (length > MAX_LENGTH) {
            throw Failures.ofCaller("resulting string too large");
        }
        return path.replace(MARK, name);
    }

    /** The first file in {@code expanded} that can be read. */
    static Optional<String> find(LuaRuntime runtime, String expanded) {
        for (String file : expanded.split(SEPARATOR, -1)) {
            runtime.poll();
            if (readable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The error when none can be read. */
    static String notFound(String expanded) {
        return "no file '" + expanded.replace(SEPARATOR, "'\n\tno file '") + "'";
    }

    private static boolean readable(String file) {
        try {
            Path path = Path.of(file);
            return !file.isEmpty() && Files.isReadable(path) && !Files.isDirectory(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
