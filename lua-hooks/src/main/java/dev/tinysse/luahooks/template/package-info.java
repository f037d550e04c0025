/**
 * Text templates in the syntax of Jinja2, with the answers of MiniJinja: a lexer and a parser that make a tree, and a
 * renderer that walks it.
 *
 * <p>{@link dev.tinysse.luahooks.template.TemplateLibrary} is the way in. Values come from outside as
 * {@link dev.tinysse.luahooks.template.Value}; a {@link dev.tinysse.luahooks.template.Budget} stops a rendering that
 * takes too long or too much memory.
 */
package dev.tinysse.luahooks.template;
