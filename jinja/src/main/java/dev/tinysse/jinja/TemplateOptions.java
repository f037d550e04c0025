package dev.tinysse.jinja;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a library of templates. They hold for all its templates.
 *
 * @param directory  a folder with templates; default none
 * @param templates  templates by name; they win over files
 * @param autoescape how values are written; default {@link Autoescape#HTML}
 * @param whitespace treatment of whitespace beside tags; default {@link Whitespace#DEFAULT}
 */
public record TemplateOptions(Optional<Path> directory, Map<String, String> templates, Autoescape autoescape,
        Whitespace whitespace) {

    /** No templates, and every option as it is by default. */
    public static final TemplateOptions DEFAULT = new TemplateOptions(Optional.empty(), Map.of(), Autoescape.HTML,
            Whitespace.DEFAULT);

    /** Copies the map. */
    public TemplateOptions {
        templates = Map.copyOf(templates);
    }
}
