/** From the text of a template to its tree: {@code Lexer}, {@code StatementParser}, {@code Statement}, {@code Expression}. */
package dev.tinysse.luahooks.template.syntax;
