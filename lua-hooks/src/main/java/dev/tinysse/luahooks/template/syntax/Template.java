package dev.tinysse.luahooks.template.syntax;

import java.util.List;
import java.util.Map;

/**
 * A parsed template.
 *
 * @param name   how errors name it
 * @param body   what it does
 * @param blocks the bodies of its blocks by name
 */
public record Template(String name, List<Statement> body, Map<String, List<Statement>> blocks) {

    public Template {
        blocks = Map.copyOf(blocks);
    }
}
