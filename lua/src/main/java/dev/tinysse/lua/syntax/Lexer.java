package dev.tinysse.lua.syntax;

import dev.tinysse.lua.frames.ChunkName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Cuts a source into tokens (reference manual §3.1), with one token to look ahead. */
final class Lexer {

    private static final Map<String, Token> KEYWORDS = new HashMap<>();

    static {
        for (Token token : Token.values()) {
            if (token.isKeyword()) {
                KEYWORDS.put(token.text, token);
            }
        }
    }

    private final Cursor source;
    private final String chunkName;
    private final LiteralReader literals;
    private final Map<LuaString, LuaString> strings = new HashMap<>();

    private Token token = Token.EOF;
    private String text;
    private LuaValue value;
    private int line = 1;
    private int previousLine = 1;

    private Token ahead;
    private String textAhead;
    private LuaValue valueAhead;
    private int lineAhead;

    Lexer(byte[] source, String chunkName) {
        this.source = new Cursor(source);
        this.chunkName = ChunkName.shortened(chunkName);
        this.literals = new LiteralReader(this.source, this::errorNear);
    }

    /** The current token. */
    Token token() {
        return token;
    }

    /** The line of the current token. */
    int line() {
        return line;
    }

    /** The line of the token before it. */
    int previousLine() {
        return previousLine;
    }

    /** The column of the token that was read last, in characters from 1. */
    int column() {
        return source.column();
    }

    /** The text of the current name, one char a byte. */
    String text() {
        return text;
    }

    /** The value of the current string or number. */
    LuaValue value() {
        return value;
    }

    /** Goes to the next token. */
    void next() {
        previousLine = line;
        if (ahead != null) {
            token = ahead;
            text = textAhead;
            value = valueAhead;
            line = lineAhead;
            ahead = null;
            return;
        }
        token = scan();
        line = source.line();
    }

    /** The kind of the token after the current one. */
    Token lookAhead() {
        if (ahead == null) {
            Token token0 = token;
            String text0 = text;
            LuaValue value0 = value;
            ahead = scan();
            textAhead = text;
            valueAhead = value;
            lineAhead = source.line();
            token = token0;
            text = text0;
            value = value0;
        }
        return ahead;
    }

    /** The one string of these bytes that the whole chunk uses. */
    LuaString interned(LuaString string) {
        LuaString known = strings.putIfAbsent(string, string);
        return known == null ? string : known;
    }

    private Token scan() {
        while (true) {
            int c = source.peek(0);
            switch (c) {
                case '\n', '\r' -> source.skipLineEnd();
                case ' ', '\t', '\f', 0x0b -> source.advance(1);
                case '-' -> {
                    if (source.peek(1) != '-') {
                        source.advance(1);
                        return Token.MINUS;
                    }
                    source.advance(2);
                    skipComment();
                }
                default -> {
                    source.startToken();
                    return scanToken(c);
                }
            }
        }
    }

    private void skipComment() {
        source.startToken();
        if (source.peek(0) == '[') {
            int level = bracketLevel();
            if (level >= 0) {
                literals.longString(level, true);
                return;
            }
        }
        while (source.peek(0) >= 0 && !Cursor.isLineEnd(source.peek(0))) {
            source.advance(1);
        }
    }

    /** The number of equals signs of the long bracket that opens here; below 0 if none does. */
    private int bracketLevel() {
        int i = 1;
        while (source.peek(i) == '=') {
            i++;
        }
        return source.peek(i) == '[' ? i - 1 : -1;
    }

    private Token scanToken(int c) {
        if (isNameStart(c)) {
            return name();
        }
        if (c >= '0' && c <= '9' || c == '.' && isDigit(source.peek(1))) {
            return number();
        }
        return switch (c) {
            case -1 -> Token.EOF;
            case '"', '\'' -> {
                value = interned(literals.quoted(c));
                yield Token.STRING;
            }
            case '[' -> openBracket();
            default -> symbol(c);
        };
    }

    private Token openBracket() {
        int level = bracketLevel();
        if (level >= 0) {
            value = interned(literals.longString(level, false));
            return Token.STRING;
        }
        if (source.peek(1) == '=') {
            source.advance(2);
            while (source.peek(0) == '=') {
                source.advance(1);
            }
            throw errorNear("invalid long string delimiter", source.tokenText());
        }
        source.advance(1);
        return Token.OPEN_BRACKET;
    }

    private Token symbol(int c) {
        int next = source.peek(1);
        Token found = switch (c) {
            case '=' -> next == '=' ? Token.EQUAL : Token.ASSIGN;
            case '<' -> next == '=' ? Token.LESS_EQUAL : next == '<' ? Token.SHIFT_LEFT : Token.LESS;
            case '>' -> next == '=' ? Token.GREATER_EQUAL : next == '>' ? Token.SHIFT_RIGHT : Token.GREATER;
            case '/' -> next == '/' ? Token.FLOOR_DIVIDE : Token.SLASH;
            case '~' -> next == '=' ? Token.NOT_EQUAL : Token.TILDE;
            case ':' -> next == ':' ? Token.LABEL : Token.COLON;
            case '.' -> next == '.' ? source.peek(2) == '.' ? Token.DOTS : Token.CONCAT : Token.DOT;
            case '+' -> Token.PLUS;
            case '*' -> Token.STAR;
            case '%' -> Token.PERCENT;
            case '^' -> Token.CARET;
            case '#' -> Token.HASH;
            case '&' -> Token.AMPERSAND;
            case '|' -> Token.BAR;
            case '(' -> Token.OPEN;
            case ')' -> Token.CLOSE;
            case '{' -> Token.OPEN_BRACE;
            case '}' -> Token.CLOSE_BRACE;
            case ']' -> Token.CLOSE_BRACKET;
            case ';' -> Token.SEMICOLON;
            case ',' -> Token.COMMA;
            default -> Token.OTHER;
        };
        source.advance(Math.max(1, found.text.length()));
        if (found == Token.OTHER) {
            text = c < ' ' || c >= 127 ? "<\\" + c + ">" : String.valueOf((char) c);
        }
        return found;
    }

    private Token name() {
        while (isNamePart(source.peek(0))) {
            source.advance(1);
        }
        text = source.tokenText();
        return KEYWORDS.getOrDefault(text, Token.NAME);
    }

    private Token number() {
        boolean hexadecimal = source.peek(0) == '0' && (source.peek(1) | 32) == 'x';
        if (hexadecimal) {
            source.advance(2);
        }
        int marker = hexadecimal ? 'p' : 'e';
        while (true) {
            int c = source.peek(0);
            if ((c | 32) == marker && (source.peek(1) == '+' || source.peek(1) == '-')) {
                source.advance(2);
            } else if (Character.digit(c, 16) >= 0 && c < 128 || c == '.' || (c | 32) == marker) {
                source.advance(1);
            } else {
                break;
            }
        }
        while (isNamePart(source.peek(0))) {
            source.advance(1);
        }
        value = source.tokenNumber();
        if (value == null) {
            throw errorNear("malformed number", source.tokenText());
        }
        return Token.NUMBER;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isNamePart(int c) {
        return isNameStart(c) || isDigit(c);
    }

    /** {@code FILE:LINE: message near 'text'}; no text if that is null. */
    SyntaxError errorNear(String message, String near) {
        String shown = near == null ? "" : " near " + (near.equals("<eof>") ? near : "'" + near + "'");
        return new SyntaxError(latin(chunkName) + ":" + place() + ": " + message + shown, source.column());
    }

    /** An error at the current token whose message does not say where it is. */
    SyntaxError unplaced(String message) {
        return new SyntaxError(message, place(), source.column());
    }

    private int place() {
        return ahead == null ? source.line() : line;
    }

    /** An error at the current token. */
    SyntaxError error(String message) {
        return errorNear(message, switch (token) {
            case NAME, STRING, NUMBER -> ahead == null ? source.tokenText() : text;
            case OTHER -> text;
            default -> token.text;
        });
    }

    private static String latin(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
