/**
 * Text templates in the dialect of MiniJinja, by themselves: nothing here knows of Lua.
 *
 * <p>{@link dev.tinysse.luahooks.template.TemplateLibrary} is the entry point. A template goes through the stages
 * {@code syntax} (text to tree), {@code render} (tree to output, with the {@code filter}s, tests and operators that it
 * names) on the {@code value}s that it is given; arrows between these packages only point that way.
 */
package dev.tinysse.luahooks.template;
