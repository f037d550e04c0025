package dev.tinysse.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The blocks of a template and those it extends, and which of them is being rendered. */
final class Blocks {

    /**
     * A block that is being rendered.
     *
     * @param level 0 for the block of the template itself, 1 for that of its parent, and so on
     */
    record Active(String name, int level) {}

    /** The body of a block, and the template it stands in. */
    record Body(Template owner, List<Statement> statements) {}

    private final Map<String, List<Body>> bodies = new HashMap<>();
    private final Set<String> parents = new HashSet<>();
    private Optional<Active> active = Optional.empty();

    /** Adds the blocks of a template behind those of the templates that extend it. */
    void add(Template template) {
        template.blocks().forEach((name, statements) -> bodies.computeIfAbsent(name, _ -> new ArrayList<>())
                .add(new Body(template, statements)));
    }

    /** Takes note of a parent; false if it was one already. */
    boolean addParent(String name) {
        return parents.add(name);
    }

    Optional<Body> body(Active block) {
        List<Body> levels = bodies.getOrDefault(block.name(), List.of());
        return block.level() < levels.size() ? Optional.of(levels.get(block.level())) : Optional.empty();
    }

    Optional<Active> active() {
        return active;
    }

    /** Makes a block the active one and returns the one before. */
    Optional<Active> activate(Optional<Active> block) {
        Optional<Active> before = active;
        active = block;
        return before;
    }
}
