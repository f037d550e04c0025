package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Templates by name: given as text, or read from a directory at first use and cached until they are removed.
 *
 * <p>Used by one thread at a time.
 */
public final class TemplateLibrary {

    private static final String UNNAMED = "<string>";
    private static final String TOO_DEEP = "template is nested too deep for the stack";

    private final Optional<TemplateFolder> folder;
    private final Autoescape autoescape;
    private final Whitespace whitespace;
    private final Map<String, Template> templates = new HashMap<>();
    private final TemplateSource source = new Source();

    /**
     * Parses the templates of the options.
     *
     * @throws TemplateException if one of them has a syntax error
     */
    public TemplateLibrary(TemplateOptions options) {
        this.folder = options.directory().map(TemplateFolder::new);
        this.autoescape = options.autoescape();
        this.whitespace = options.whitespace();
        options.templates().forEach(this::add);
    }

    /**
     * Adds a template, in place of one with this name.
     *
     * @throws TemplateException if it has a syntax error; the one that was there stays
     */
    public void add(String name, String source) {
        templates.put(name, parse(name, source));
    }

    /** Removes a template, if there is one of this name; a file is read again. */
    public void remove(String name) {
        templates.remove(name);
    }

    /** Removes all templates; files are read again. */
    public void clear() {
        templates.clear();
    }

    /**
     * Renders a template.
     *
     * @param name    of a template given as text, or of a file in the folder with {@code /} between folders
     * @param context the values of names
     * @param budget  asked while it is rendered
     * @throws TemplateException if there is none, or it cannot be rendered
     */
    public String render(String name, Mapping context, Budget budget) {
        Template template = source.find(name).orElseThrow(() -> TemplateException
                .notFound("template " + new Printer(budget).pretty(Value.of(name)) + " does not exist"));
        return render(template, context, budget);
    }

    /**
     * Renders a text as a template, which may use those of this library.
     *
     * @throws TemplateException if it has a syntax error or cannot be rendered
     */
    public String renderString(String source, Mapping context, Budget budget) {
        return render(parse(UNNAMED, source), context, budget);
    }

    private String render(Template template, Mapping context, Budget budget) {
        try {
            return Renderer.render(source, template, context, budget);
        } catch (StackOverflowError e) {
            throw tooDeep(template.name());
        }
    }

    private Template parse(String name, String source) {
        try {
            return StatementParser.parse(name, source, whitespace);
        } catch (StackOverflowError e) {
            throw tooDeep(name);
        }
    }

    /** Depth is limited, but nobody knows how much of the stack the caller has left. */
    private static TemplateException tooDeep(String name) {
        return TemplateException.invalid(TOO_DEEP).at(name, 1);
    }

    /** What a rendering sees of this library. */
    private final class Source implements TemplateSource {

        @Override
        public Autoescape autoescape() {
            return autoescape;
        }

        @Override
        public Optional<Template> find(String name) {
            Template known = templates.get(name);
            if (known != null) {
                return Optional.of(known);
            }
            Optional<Template> read = folder.flatMap(f -> f.read(name)).map(source -> parse(name, source));
            read.ifPresent(template -> templates.put(name, template));
            return read;
        }
    }
}
