package dev.tinysse.luahooks.packages.template;

import dev.tinysse.jinja.Autoescape;
import dev.tinysse.jinja.TemplateOptions;
import dev.tinysse.jinja.Whitespace;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.ConversionException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** Reads the options of a library of templates. An option of the wrong type counts as absent. */
public final class LibraryOptions {

    private LibraryOptions() {}

    /**
     * The options in {@code table}.
     *
     * @throws LuaException if the mode of escaping is unknown, or a template is no text
     */
    public static TemplateOptions read(Table table) {
        Whitespace whitespace = new Whitespace(flag(table, "keep_trailing_newline"), flag(table, "trim_blocks"),
                flag(table, "lstrip_blocks"));
        return new TemplateOptions(text(table, "directory").flatMap(LibraryOptions::path), templates(table),
                text(table, "autoescape").map(LibraryOptions::autoescape).orElse(Autoescape.HTML), whitespace);
    }

    private static boolean flag(Table table, String name) {
        return Values.truth(table.rawget(name));
    }

    private static Optional<String> text(Table table, String name) {
        try {
            return Optional.of(Conversion.text(table.rawget(name)));
        } catch (ConversionException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Autoescape autoescape(String name) {
        return Autoescape.named(name).orElseThrow(() -> new LuaException("invalid autoescape", null));
    }

    private static Map<String, String> templates(Table options) {
        LuaValue value = options.rawget("templates");
        Map<String, String> templates = new HashMap<>();
        if (value instanceof Table table) {
            for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
                templates.put(Conversion.text(table.keyAt(at)), Conversion.text(table.valueAt(at)));
            }
        }
        return templates;
    }
}
