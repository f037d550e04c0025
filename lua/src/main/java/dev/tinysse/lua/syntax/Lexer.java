package dev.tinysse.lua.syntax;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

import dev.tinysse.lua.runtime.ChunkName;
import dev.tinysse.lua.runtime.Coercion;

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

    /** What bytes in the midst of a character of UTF-8 begin with. */
    private static final int CONTINUATION = 0x80;
    private static final int CONTINUATION_MASK = 0xc0;

    private final byte[] source;
    private final String chunkName;
    private final LiteralReader literals;
    private final Map<LuaString, LuaString> strings = new HashMap<>();
    private int at;
    private int line = 1;
    private int tokenStart;

    private Token token = Token.EOF;
    private String text;
    private LuaValue value;
    private int previousLine = 1;

    private Token ahead;
    private String textAhead;
    private LuaValue valueAhead;
    private int lineAhead;

    Lexer(byte[] source, String chunkName) {
        this.source = source;
        this.chunkName = ChunkName.shortened(chunkName);
        this.literals = new LiteralReader(this);
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
    }

    /** The kind of the token after the current one. */
    Token lookAhead() {
        if (ahead == null) {
            Token token0 = token;
            String text0 = text;
            LuaValue value0 = value;
            int line0 = line;
            ahead = scan();
            textAhead = text;
            valueAhead = value;
            lineAhead = line;
            token = token0;
            text = text0;
            value = value0;
            line = line0;
        }
        return ahead;
    }

    /** The one string of these bytes that the whole chunk uses. */
    LuaString interned(LuaString string) {
        LuaString known = strings.putIfAbsent(string, string);
        return known == null ? string : known;
    }

    /** The byte at a distance from the place of reading, below 0 behind the end. */
    int peek(int distance) {
        int i = at + distance;
        return i < source.length ? source[i] & 0xff : -1;
    }

    void advance(int bytes) {
        at += bytes;
    }

    /** Skips a line end of one or two bytes. */
    void skipLineEnd() {
        int first = peek(0);
        at++;
        int second = peek(0);
        if ((second == '\n' || second == '\r') && second != first) {
            at++;
        }
        line++;
    }

    static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r';
    }

    private Token scan() {
        while (true) {
            int c = peek(0);
            switch (c) {
                case '\n', '\r' -> skipLineEnd();
                case ' ', '\t', '\f', 0x0b -> at++;
                case '-' -> {
                    if (peek(1) != '-') {
                        at++;
                        return Token.MINUS;
                    }
                    at += 2;
                    skipComment();
                }
                default -> {
                    tokenStart = at;
                    return scanToken(c);
                }
            }
        }
    }

    private void skipComment() {
        tokenStart = at;
        if (peek(0) == '[') {
            int level = bracketLevel();
            if (level >= 0) {
                literals.longString(level, true);
                return;
            }
        }
        while (peek(0) >= 0 && !isLineEnd(peek(0))) {
            at++;
        }
    }

    /** The number of equals signs of the long bracket that opens here; below 0 if none does. */
    private int bracketLevel() {
        int i = 1;
        while (peek(i) == '=') {
            i++;
        }
        return peek(i) == '[' ? i - 1 : -1;
    }

    private Token scanToken(int c) {
        if (isNameStart(c)) {
            return name();
        }
        if (c >= '0' && c <= '9' || c == '.' && isDigit(peek(1))) {
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
        if (peek(1) == '=') {
            at += 2;
            while (peek(0) == '=') {
                at++;
            }
            throw errorNear("invalid long string delimiter", readText());
        }
        at++;
        return Token.OPEN_BRACKET;
    }

    private Token symbol(int c) {
        int next = peek(1);
        Token found = switch (c) {
            case '=' -> next == '=' ? Token.EQUAL : Token.ASSIGN;
            case '<' -> next == '=' ? Token.LESS_EQUAL : next == '<' ? Token.SHIFT_LEFT : Token.LESS;
            case '>' -> next == '=' ? Token.GREATER_EQUAL : next == '>' ? Token.SHIFT_RIGHT : Token.GREATER;
            case '/' -> next == '/' ? Token.FLOOR_DIVIDE : Token.SLASH;
            case '~' -> next == '=' ? Token.NOT_EQUAL : Token.TILDE;
            case ':' -> next == ':' ? Token.LABEL : Token.COLON;
            case '.' -> next == '.' ? peek(2) == '.' ? Token.DOTS : Token.CONCAT : Token.DOT;
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
        at += Math.max(1, found.text.length());
        if (found == Token.OTHER) {
            text = c < ' ' || c >= 127 ? "<\\" + c + ">" : String.valueOf((char) c);
        }
        return found;
    }

    private Token name() {
        int start = at;
        while (isNamePart(peek(0))) {
            at++;
        }
        text = new String(source, start, at - start, StandardCharsets.ISO_8859_1);
        return KEYWORDS.getOrDefault(text, Token.NAME);
    }

    private Token number() {
        int start = at;
        boolean hexadecimal = peek(0) == '0' && (peek(1) | 32) == 'x';
        if (hexadecimal) {
            at += 2;
        }
        int marker = hexadecimal ? 'p' : 'e';
        while (true) {
            int c = peek(0);
            if ((c | 32) == marker && (peek(1) == '+' || peek(1) == '-')) {
                at += 2;
            } else if (Character.digit(c, 16) >= 0 && c < 128 || c == '.' || (c | 32) == marker) {
                at++;
            } else {
                break;
            }
        }
        while (isNamePart(peek(0))) {
            at++;
        }
        value = Coercion.numeral(source, start, at);
        if (value == null) {
            throw errorNear("malformed number", readText());
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

    /** What has been read of the current token, one char a byte. */
    String readText() {
        return new String(source, tokenStart, Math.min(at, source.length) - tokenStart, StandardCharsets.ISO_8859_1);
    }

    /** {@code FILE:LINE: message near 'text'}; no text if that is null. */
    SyntaxError errorNear(String message, String near) {
        String shown = near == null ? "" : " near " + (near.equals("<eof>") ? near : "'" + near + "'");
        return new SyntaxError(latin(chunkName) + ":" + line + ": " + message + shown, column());
    }

    /** The column of the token that was read last, in characters from 1. */
    int column() {
        int column = 1;
        for (int i = Math.min(tokenStart, source.length) - 1; i >= 0 && source[i] != '\n'; i--) {
            if ((source[i] & CONTINUATION_MASK) != CONTINUATION) {
                column++;
            }
        }
        return column;
    }

    /** An error at the current token. */
    SyntaxError error(String message) {
        return errorNear(message, switch (token) {
            case NAME, STRING, NUMBER -> ahead == null ? readText() : text;
            case OTHER -> text;
            default -> token.text;
        });
    }

    private static String latin(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
