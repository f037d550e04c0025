package dev.tinysse.jinja;

import dev.tinysse.jinja.Token.Type;

/** Makes tokens of what is inside one tag. */
final class CodeLexer {

    private final Cursor cursor;
    private final String end;
    private final Type endType;
    private int nesting;
    private char closing;

    CodeLexer(Cursor cursor, boolean block) {
        this.cursor = cursor;
        this.end = block ? "%}" : "}}";
        this.endType = block ? Type.BLOCK_END : Type.VARIABLE_END;
    }

    /** The sign that stood before the end of the tag, if any. */
    char closing() {
        return closing;
    }

    Token next() {
        while (Chars.isAsciiWhite(cursor.at(0))) {
            cursor.take(1);
        }
        int line = cursor.line();
        if (cursor.atEnd()) {
            return Token.of(Type.END, line);
        }
        if (nesting == 0 && atEndOfTag()) {
            return Token.of(endType, line);
        }
        Type operator = operatorOfTwo();
        if (operator != null) {
            cursor.take(2);
            return Token.of(operator, line);
        }
        operator = operatorOfOne();
        if (operator != null) {
            cursor.take(1);
            return Token.of(operator, line);
        }
        return wordOrLiteral(line);
    }

    private boolean atEndOfTag() {
        char first = cursor.at(0);
        int sign = first == '-' || first == '+' ? 1 : 0;
        if (!cursor.startsWith(end, sign)) {
            return false;
        }
        closing = sign == 1 ? first : 0;
        cursor.take(sign + 2);
        return true;
    }

    private Type operatorOfTwo() {
        char second = cursor.at(1);
        return switch (cursor.at(0)) {
            case '/' -> second == '/' ? Type.FLOOR_DIVIDE : null;
            case '*' -> second == '*' ? Type.POWER : null;
            case '=' -> second == '=' ? Type.EQUAL : null;
            case '!' -> second == '=' ? Type.UNEQUAL : null;
            case '>' -> second == '=' ? Type.GREATER_EQUAL : null;
            case '<' -> second == '=' ? Type.LESS_EQUAL : null;
            default -> null;
        };
    }

    private Type operatorOfOne() {
        return switch (cursor.at(0)) {
            case '+' -> Type.PLUS;
            case '-' -> Type.MINUS;
            case '*' -> Type.TIMES;
            case '/' -> Type.DIVIDE;
            case '%' -> Type.MODULO;
            case '.' -> Type.DOT;
            case ',' -> Type.COMMA;
            case ':' -> Type.COLON;
            case '~' -> Type.TILDE;
            case '|' -> Type.PIPE;
            case '=' -> Type.ASSIGN;
            case '>' -> Type.GREATER;
            case '<' -> Type.LESS;
            case '(' -> nested(1, Type.PAREN_OPEN);
            case ')' -> nested(-1, Type.PAREN_CLOSE);
            case '[' -> nested(1, Type.BRACKET_OPEN);
            case ']' -> nested(-1, Type.BRACKET_CLOSE);
            case '{' -> nested(1, Type.BRACE_OPEN);
            case '}' -> nested(-1, Type.BRACE_CLOSE);
            default -> null;
        };
    }

    private Type nested(int change, Type type) {
        nesting += change;
        return type;
    }

    private Token wordOrLiteral(int line) {
        char c = cursor.at(0);
        if (c == '\'' || c == '"') {
            return Literals.text(cursor);
        }
        if (Chars.isDigit(c)) {
            return Literals.number(cursor);
        }
        if (!Chars.startsName(c)) {
            throw TemplateException.syntax("unexpected character");
        }
        int length = 1;
        while (Chars.isName(cursor.at(length))) {
            length++;
        }
        return Token.word(Type.NAME, cursor.take(length), line);
    }
}
