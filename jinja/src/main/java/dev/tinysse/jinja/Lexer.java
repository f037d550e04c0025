package dev.tinysse.jinja;

import dev.tinysse.jinja.Token.Type;

/** Makes tokens of a template, one at a time: of the text between tags here, of what is in them in {@link CodeLexer}. */
final class Lexer {

    private enum Marker {
        VARIABLE, BLOCK, COMMENT
    }

    /** The effect of the character beside a tag on the whitespace there. */
    private enum Trim {
        DEFAULT, KEEP, REMOVE;

        static Trim of(char c) {
            return c == '-' ? REMOVE : c == '+' ? KEEP : DEFAULT;
        }
    }

    private final Cursor cursor;
    private final boolean trimBlocks;
    private final boolean lstripBlocks;
    private boolean skipWhite;
    private CodeLexer code;

    Lexer(String source, Whitespace whitespace) {
        this.cursor = new Cursor(whitespace.keepTrailingNewline() ? source : withoutLastBreak(source));
        this.trimBlocks = whitespace.trimBlocks();
        this.lstripBlocks = whitespace.lstripBlocks();
    }

    private static String withoutLastBreak(String source) {
        String rest = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        return rest.endsWith("\r") ? rest.substring(0, rest.length() - 1) : rest;
    }

    /** The line that has been reached. */
    int line() {
        return cursor.line();
    }

    /** The next token, of type {@link Type#END} at the end. */
    Token next() {
        while (true) {
            if (code != null) {
                return inTag();
            }
            if (skipWhite) {
                skipWhite = false;
                cursor.skipWhite();
            }
            if (cursor.atEnd()) {
                return Token.of(Type.END, cursor.line());
            }
            Token token = text();
            if (token != null) {
                return token;
            }
        }
    }

    private Token inTag() {
        Token token = code.next();
        if (token.is(Type.VARIABLE_END) || token.is(Type.BLOCK_END)) {
            Trim trim = Trim.of(code.closing());
            code = null;
            afterTag(token.is(Type.BLOCK_END) || trim == Trim.REMOVE ? trim : Trim.KEEP);
        }
        return token;
    }

    /** The text up to the next tag, or what that tag starts with if there is none; null behind a comment. */
    private Token text() {
        int start = nextTag();
        if (start < 0) {
            int line = cursor.line();
            return Token.word(Type.TEXT, cursor.takeRest(), line);
        }
        return start == 0 ? tag() : textBefore(start);
    }

    private int nextTag() {
        int start = cursor.find("{", 0);
        while (start >= 0 && "{%#".indexOf(cursor.at(start + 1)) < 0) {
            start = cursor.find("{", start + 1);
        }
        return start;
    }

    private Token textBefore(int tag) {
        Trim trim = Trim.of(cursor.at(tag + 2));
        String text = cursor.peek(tag);
        if (trim == Trim.REMOVE) {
            text = Chars.trimEnd(text);
        } else if (trim == Trim.DEFAULT && lstripBlocks && cursor.at(tag + 1) != '{' && cursor.onlyWhiteBefore(tag)) {
            text = withoutIndent(text);
        }
        int line = cursor.line();
        cursor.take(tag);
        return text.isEmpty() ? tag() : Token.word(Type.TEXT, text, line);
    }

    private static String withoutIndent(String text) {
        int end = text.length();
        while (end > 0 && Chars.isWhite(text.charAt(end - 1)) && text.charAt(end - 1) != '\n'
                && text.charAt(end - 1) != '\r') {
            end--;
        }
        return end == 0 || text.charAt(end - 1) == '\n' ? text.substring(0, end) : text;
    }

    private Token tag() {
        Marker marker = switch (cursor.at(1)) {
            case '{' -> Marker.VARIABLE;
            case '%' -> Marker.BLOCK;
            default -> Marker.COMMENT;
        };
        int opening = Trim.of(cursor.at(2)) == Trim.DEFAULT ? 2 : 3;
        if (marker == Marker.COMMENT) {
            comment(opening);
            return null;
        }
        if (marker == Marker.BLOCK && RawTag.at(cursor, opening, "raw", false) instanceof RawTag raw) {
            cursor.take(raw.end());
            return raw(Trim.of(raw.closing()));
        }
        Token token = Token.of(marker == Marker.BLOCK ? Type.BLOCK_START : Type.VARIABLE_START, cursor.line());
        cursor.take(opening);
        code = new CodeLexer(cursor, marker == Marker.BLOCK);
        return token;
    }

    private void comment(int opening) {
        int end = cursor.find("#}", opening);
        if (end < 0) {
            cursor.takeRest();
            throw TemplateException.syntax("unexpected end of comment");
        }
        Trim trim = Trim.of(end > opening ? cursor.at(end - 1) : 0);
        cursor.take(end + 2);
        afterTag(trim);
    }

    private void afterTag(Trim trim) {
        if (trim == Trim.REMOVE) {
            skipWhite = true;
        } else if (trim == Trim.DEFAULT) {
            skipBreakAfterBlock();
        }
    }

    private void skipBreakAfterBlock() {
        if (trimBlocks) {
            cursor.skipIf('\r');
            cursor.skipIf('\n');
        }
    }

    private Token raw(Trim opening) {
        int line = cursor.line();
        for (int tag = cursor.find("{%", 0); tag >= 0; tag = cursor.find("{%", tag + 2)) {
            if (RawTag.at(cursor, tag + 2, "endraw", true) instanceof RawTag end) {
                Trim closing = Trim.of(cursor.at(tag + 2));
                String text = rawText(cursor.take(tag), opening, closing);
                cursor.take(end.end() - tag);
                afterTag(Trim.of(end.closing()));
                return Token.word(Type.TEXT, text, line);
            }
        }
        cursor.takeRest();
        throw TemplateException.syntax("unexpected end of raw block");
    }

    private String rawText(String source, Trim opening, Trim closing) {
        String text = source;
        if (opening == Trim.REMOVE) {
            text = Chars.trimStart(text);
        } else if (opening == Trim.DEFAULT && trimBlocks) {
            text = text.startsWith("\r") ? text.substring(1) : text;
            text = text.startsWith("\n") ? text.substring(1) : text;
        }
        if (closing == Trim.REMOVE) {
            return Chars.trimEnd(text);
        }
        return closing == Trim.DEFAULT && lstripBlocks ? withoutIndent(text) : text;
    }
}
