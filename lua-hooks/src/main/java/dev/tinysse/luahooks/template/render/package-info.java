/** Walks the tree of a template: scopes, loops, macros, blocks, and templates that include or extend others. */
package dev.tinysse.luahooks.template.render;
