package dev.tinysse.jinja;

import java.util.Optional;

/** Where a rendering finds the other templates that its own one names. For the thread that renders. */
interface TemplateSource {

    /** The mode of escaping that a template begins with. */
    Autoescape autoescape();

    /**
     * A template by its name.
     *
     * @return empty if there is none
     * @throws TemplateException if it has a syntax error
     */
    Optional<Template> find(String name);
}
