package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Templates that use others: what they extend, include and import. */
final class Includes {

    private static final int INCLUDE_WEIGHT = 11;

    private final Rendering rendering;
    private Optional<Template> parent = Optional.empty();

    Includes(Rendering rendering) {
        this.rendering = rendering;
    }

    void render(Template template) {
        Optional<Template> outerParent = parent;
        rendering.blocks.add(template);
        try {
            Optional<Template> next = Optional.of(template);
            while (next.isPresent()) {
                parent = Optional.empty();
                rendered(next.get());
                next = parent;
            }
        } finally {
            parent = outerParent;
        }
    }

    /** Renders one template; what it writes after it has extended another is lost. */
    private void rendered(Template template) {
        Output out = rendering.out;
        try {
            rendering.inTemplate(template, () -> rendering.execution.execute(template.body()));
        } finally {
            rendering.out = out;
        }
    }

    void extend(Value name) {
        if (parent.isPresent()) {
            throw TemplateException.invalid("tried to extend a second time in a template");
        }
        Template extended = named(name(name));
        if (!rendering.blocks.addParent(extended.name())) {
            throw TemplateException.invalid(
                    "cycle in template inheritance. \"" + extended.name() + "\" was referenced more than once");
        }
        rendering.blocks.add(extended);
        parent = Optional.of(extended);
        rendering.out = Output.discarding(rendering.budget());
    }

    private Template named(String name) {
        return rendering.library().find(name).orElseThrow(
                () -> TemplateException.notFound("template " + quoted(name) + " does not exist"));
    }

    private static String name(Value value) {
        return value.asText().orElseThrow(() -> TemplateException.invalid("template name was not a string"));
    }

    private String quoted(String name) {
        return rendering.printer().pretty(Value.of(name));
    }

    void include(Statement.Include include, Value name) {
        List<String> tried = new ArrayList<>();
        for (Value choice : name instanceof Sequence names ? names : ListValue.of(List.of(name))) {
            Optional<Template> found = rendering.library().find(name(choice));
            if (found.isPresent()) {
                render(found.get(), rendering.scope.child(), include.line());
                return;
            }
            tried.add(quoted(name(choice)));
        }
        if (!include.ignoreMissing() && !tried.isEmpty()) {
            throw TemplateException.notFound(tried.size() == 1
                    ? "tried to include non-existing template " + tried.getFirst()
                    : "tried to include one of multiple templates, none of which existed " + tried);
        }
    }

    void importAll(Statement.Import imported, Value name) {
        Scope module = module(name, imported.line());
        rendering.scope.set(imported.alias(), MapValue.of(module.names(), rendering.order()));
    }

    void importNames(Statement.FromImport imported, Value name) {
        Scope module = module(name, imported.line());
        for (Statement.Imported wanted : imported.names()) {
            Value value = module.find(wanted.name());
            rendering.scope.set(wanted.alias(), value == null ? Value.UNDEFINED : value);
        }
    }

    private Scope module(Value name, int line) {
        Scope scope = rendering.scope.child();
        Template template = rendering.library().find(name(name)).orElseThrow(() -> TemplateException
                .notFound("tried to include non-existing template " + quoted(name(name))));
        rendering.discard(() -> render(template, scope, line));
        return scope;
    }

    private void render(Template template, Scope scope, int line) {
        Template includer = rendering.template;
        var blocks = new Blocks();
        try {
            rendering.inScope(scope, INCLUDE_WEIGHT, () -> rendering.escaping(rendering.library().autoescape(),
                    () -> rendering.withBlocks(blocks, () -> {
                        render(template);
                        return blocks;
                    })));
        } catch (TemplateException e) {
            throw e.within("could not render include", "error in \"" + template.name() + "\"", includer.name(), line);
        }
    }
}
