package dev.tinysse.jinja;

import dev.tinysse.jinja.Token.Type;

/** The tokens of a template for the parser, with one token of foresight. */
final class Tokens {

    private final Lexer lexer;
    private Token current;
    private int lastLine = 1;

    Tokens(Lexer lexer) {
        this.lexer = lexer;
    }

    /** The line of the token taken last, where a syntax error is reported. */
    int lastLine() {
        return lastLine;
    }

    Token peek() {
        if (current == null) {
            current = lex();
        }
        return current;
    }

    private Token lex() {
        try {
            return lexer.next();
        } catch (TemplateException e) {
            lastLine = lexer.line();
            throw e;
        }
    }

    Token next() {
        Token token = peek();
        current = null;
        if (!token.is(Type.END)) {
            lastLine = token.line();
        }
        return token;
    }

    int line() {
        return peek().line();
    }

    boolean at(Type type) {
        return peek().is(type);
    }

    boolean atName(String name) {
        return peek().isName(name);
    }

    boolean skip(Type type) {
        if (!at(type)) {
            return false;
        }
        next();
        return true;
    }

    boolean skipName(String name) {
        if (!atName(name)) {
            return false;
        }
        next();
        return true;
    }

    void expect(Type type) {
        expect(type, type.label());
    }

    void expect(Type type, String expected) {
        Token token = next();
        if (!token.is(type)) {
            throw unexpected(token, expected);
        }
    }

    void expectName(String name, String expected) {
        Token token = next();
        if (!token.isName(name)) {
            throw unexpected(token, expected);
        }
    }

    String name() {
        Token token = next();
        if (!token.is(Type.NAME)) {
            throw unexpected(token, "identifier");
        }
        return token.text();
    }

    static TemplateException unexpected(Token token, String expected) {
        return TemplateException.syntax("unexpected " + token.type().label() + ", expected " + expected);
    }
}
