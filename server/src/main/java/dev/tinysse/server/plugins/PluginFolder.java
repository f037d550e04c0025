package dev.tinysse.server.plugins;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The folder {@code plugins/}: each jar in it is a plugin, and so is each folder of jars; other files are not looked at. */
record PluginFolder(Path path) {

    /**
     * The plugins, sorted by name; none if the folder is not there.
     *
     * @param diagnostics takes a line if the folder cannot be read
     */
    List<Plugin> plugins(Consumer<String> diagnostics) {
        List<Plugin> plugins = new ArrayList<>();
        try {
            for (Path entry : entries(path)) {
                if (Files.isDirectory(entry)) {
                    plugins.add(new Plugin(entry, entries(entry).stream().filter(PluginFolder::isJar).toList()));
                } else if (isJar(entry)) {
                    plugins.add(new Plugin(entry, List.of(entry)));
                }
            }
        } catch (IOException e) {
            diagnostics.accept("plugins cannot be read: " + e);
        }
        return plugins;
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, entry -> !isHidden(entry))) {
            found.forEach(entries::add);
        }
        entries.sort(null);
        return entries;
    }

    private static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    private static boolean isJar(Path entry) {
        return entry.getFileName().toString().endsWith(".jar");
    }
}
