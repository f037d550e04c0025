package dev.tinysse.jinja;

import java.util.List;
import java.util.Map;

/**
 * A parsed template.
 *
 * @param name   how errors name it
 * @param body   what it does
 * @param blocks the bodies of its blocks by name
 */
record Template(String name, List<Statement> body, Map<String, List<Statement>> blocks) {

    Template {
        blocks = Map.copyOf(blocks);
    }
}
