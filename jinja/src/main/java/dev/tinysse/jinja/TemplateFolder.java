package dev.tinysse.jinja;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder with templates. Nothing outside of it and nothing hidden is found, whatever the name says. */
final class TemplateFolder {

    private final Path folder;

    TemplateFolder(Path folder) {
        this.folder = folder;
    }

    /** The source of a template, empty if there is none of this name. */
    Optional<String> read(String name) {
        Optional<Path> file = file(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path real = file.get().toRealPath();
            return real.startsWith(folder.toRealPath()) && Files.isRegularFile(real)
                    ? Optional.of(Files.readString(real))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw TemplateException.invalid("could not read template: \"" + name + "\" is not UTF-8");
        } catch (IOException e) {
            throw TemplateException.invalid("could not read template: " + e.getMessage());
        }
    }

    private Optional<Path> file(String name) {
        if (name.startsWith("/") || name.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.startsWith(".")) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(folder.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
