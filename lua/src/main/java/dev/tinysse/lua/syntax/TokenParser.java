package dev.tinysse.lua.syntax;

/** Takes the tokens that the grammar wants, or says which one is missing, and counts how deep a source is nested. */
abstract class TokenParser {

    /** As deep as PUC Lua lets a source be nested. */
    private static final int MAX_DEPTH = 200;

    final Lexer lexer;
    private int depth;

    TokenParser(Lexer lexer) {
        this.lexer = lexer;
    }

    final Token token() {
        return lexer.token();
    }

    final boolean accept(Token wanted) {
        boolean found = token() == wanted;
        if (found) {
            lexer.next();
        }
        return found;
    }

    final void expect(Token wanted) {
        if (!accept(wanted)) {
            throw expected(wanted);
        }
    }

    final SyntaxError expected(Token wanted) {
        return lexer.error(wanted.quoted() + " expected");
    }

    /** The token {@code wanted} that ends what {@code opener} began at {@code line}. */
    final void closing(Token wanted, Token opener, int line) {
        if (accept(wanted)) {
            return;
        }
        throw line == lexer.line()
                ? expected(wanted)
                : lexer.error(wanted.quoted() + " expected (to close " + opener.quoted() + " at line " + line + ")");
    }

    final String name() {
        if (token() != Token.NAME) {
            throw expected(Token.NAME);
        }
        String name = lexer.text();
        lexer.next();
        return name;
    }

    final void enterLevel() {
        enterLevels(1);
        depth++;
    }

    /** Refuses to go {@code levels} deeper if that is too deep. */
    final void enterLevels(int levels) {
        if (depth + levels > MAX_DEPTH) {
            throw lexer.unplaced("C stack overflow");
        }
    }

    final void leaveLevel() {
        depth--;
    }
}
