package dev.tinysse.lua.syntax;

import dev.tinysse.lua.value.Strings;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;

/**
 * A token of a source, for tools that read sources without running them.
 *
 * @param kind what it is
 * @param text the name, the contents of the string, or the token as it is always written; of numbers nothing
 * @param line its line, from 1
 * @param column its place in the line, in characters from 1
 */
public record SourceToken(Kind kind, String text, int line, int column) {

    /** The kinds of a token. */
    public enum Kind {
        NAME, STRING, NUMBER, FIXED
    }

    /**
     * Cuts a source into its tokens.
     *
     * @param source its bytes
     * @param chunkName its name, for messages
     * @throws SyntaxError if it holds what can be no token
     */
    public static List<SourceToken> all(byte[] source, String chunkName) {
        List<SourceToken> tokens = new ArrayList<>();
        Lexer lexer = new Lexer(source, chunkName);
        for (lexer.next(); lexer.token() != Token.EOF; lexer.next()) {
            tokens.add(current(lexer));
        }
        return tokens;
    }

    private static SourceToken current(Lexer lexer) {
        return switch (lexer.token()) {
            case NAME -> new SourceToken(Kind.NAME, lexer.text(), lexer.line(), lexer.column());
            case STRING -> new SourceToken(Kind.STRING, Strings.text((LuaString) lexer.value()), lexer.line(),
                    lexer.column());
            case NUMBER -> new SourceToken(Kind.NUMBER, "", lexer.line(), lexer.column());
            default -> new SourceToken(Kind.FIXED, lexer.token().text, lexer.line(), lexer.column());
        };
    }

    /** Whether this is the fixed token {@code written}. */
    public boolean is(String written) {
        return kind == Kind.FIXED && text.equals(written);
    }
}
