package dev.tinysse.lua.syntax;

/** The kinds of tokens, each with its text in the source; in angle brackets where that varies. */
enum Token {
    AND("and"), BREAK("break"), DO("do"), ELSE("else"), ELSEIF("elseif"), END("end"), FALSE("false"), FOR(
            "for"), FUNCTION("function"), GOTO("goto"), IF("if"), IN("in"), LOCAL("local"), NIL("nil"), NOT("not"), OR(
                    "or"), REPEAT("repeat"), RETURN("return"), THEN("then"), TRUE("true"), UNTIL("until"), WHILE(
                            "while"), FLOOR_DIVIDE("//"), CONCAT(".."), DOTS("..."), EQUAL("=="), NOT_EQUAL(
                                    "~="), LESS_EQUAL("<="), GREATER_EQUAL(">="), SHIFT_LEFT("<<"), SHIFT_RIGHT(
                                            ">>"), LABEL("::"), PLUS("+"), MINUS("-"), STAR("*"), SLASH("/"), PERCENT(
                                                    "%"), CARET("^"), HASH("#"), AMPERSAND("&"), TILDE("~"), BAR(
                                                            "|"), LESS("<"), GREATER(">"), ASSIGN("="), OPEN(
                                                                    "("), CLOSE(")"), OPEN_BRACE("{"), CLOSE_BRACE(
                                                                            "}"), OPEN_BRACKET("["), CLOSE_BRACKET(
                                                                                    "]"), SEMICOLON(";"), COLON(
                                                                                            ":"), COMMA(","), DOT(
                                                                                                    "."), EOF(
                                                                                                            "<eof>"), NUMBER(
                                                                                                                    "<number>"), NAME(
                                                                                                                            "<name>"), STRING(
                                                                                                                                    "<string>"), OTHER(
                                                                                                                                            "");

    final String text;

    Token(String text) {
        this.text = text;
    }

    /** How messages write it when it was expected. */
    String quoted() {
        return text.startsWith("<") && text.length() > 2 && text.endsWith(">") ? text : "'" + text + "'";
    }

    boolean isKeyword() {
        return ordinal() <= WHILE.ordinal();
    }
}
