package dev.tinysse.luahooks.template;

import dev.tinysse.luahooks.template.syntax.Whitespace;
import dev.tinysse.luahooks.template.value.Autoescape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a library of templates. They hold for all its templates.
 *
 * @param directory  a folder with templates; default none
 * @param templates  templates by name; they win over files
 * @param autoescape how values are written; default {@link Autoescape#HTML}
 * @param whitespace what happens to white space beside tags
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
