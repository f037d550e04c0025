package dev.tinysse.jinja;

/**
 * A token of a template.
 *
 * @param type  what it is
 * @param text  the text of a name or of the template between tags, otherwise empty
 * @param value the value of a literal, otherwise undefined
 * @param line  where it starts, from 1
 */
record Token(Type type, String text, Value value, int line) {

    enum Type {
        TEXT("template-data"), VARIABLE_START("start of variable block"), VARIABLE_END(
                "end of variable block"), BLOCK_START("start of block"), BLOCK_END("end of block"), NAME(
                        "identifier"), STRING("string"), INTEGER("integer"), FLOAT("float"), PLUS("`+`"), MINUS(
                                "`-`"), TIMES("`*`"), DIVIDE("`/`"), FLOOR_DIVIDE("`//`"), POWER("`**`"), MODULO(
                                        "`%`"), DOT("`.`"), COMMA("`,`"), COLON("`:`"), TILDE("`~`"), ASSIGN(
                                                "`=`"), PIPE("`|`"), EQUAL("`==`"), UNEQUAL("`!=`"), GREATER(
                                                        "`>`"), GREATER_EQUAL("`>=`"), LESS("`<`"), LESS_EQUAL(
                                                                "`<=`"), BRACKET_OPEN("`[`"), BRACKET_CLOSE(
                                                                        "`]`"), PAREN_OPEN("`(`"), PAREN_CLOSE(
                                                                                "`)`"), BRACE_OPEN("`{`"), BRACE_CLOSE(
                                                                                        "`}`"), END("end of input");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        /** The name that error messages use. */
        String label() {
            return label;
        }
    }

    static Token of(Type type, int line) {
        return new Token(type, "", Value.UNDEFINED, line);
    }

    static Token literal(Type type, Value value, int line) {
        return new Token(type, "", value, line);
    }

    static Token word(Type type, String text, int line) {
        return new Token(type, text, Value.UNDEFINED, line);
    }

    boolean is(Type other) {
        return type == other;
    }

    boolean isName(String name) {
        return type == Type.NAME && text.equals(name);
    }
}
