/**
 * Templates in the dialect of MiniJinja.
 *
 * <p>{@link dev.tinysse.jinja.TemplateLibrary} is the entry point. {@code StatementParser} turns a text into a tree, a {@code Template};
 * {@code Renderer} renders the tree with the filters, tests and functions of {@code Builtins}. {@link dev.tinysse.jinja.Value} is what
 * templates compute with, {@link dev.tinysse.jinja.Budget} limits a rendering.
 */
package dev.tinysse.jinja;
