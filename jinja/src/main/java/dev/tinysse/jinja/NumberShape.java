package dev.tinysse.jinja;

/**
 * How far a number reaches.
 *
 * @param length     in characters
 * @param fractional whether it has a point or an exponent
 */
record NumberShape(int length, boolean fractional) {

    private enum State {
        INTEGER, RADIX_INTEGER, FRACTION, EXPONENT, SIGNED_EXPONENT
    }

    static NumberShape at(Cursor cursor, int radix) {
        State state = radix == 10 ? State.INTEGER : State.RADIX_INTEGER;
        int length = 0;
        while (true) {
            char c = cursor.at(length);
            State next = after(state, c, radix);
            if (next == null) {
                return new NumberShape(length, state != State.INTEGER && state != State.RADIX_INTEGER);
            }
            state = next;
            length++;
        }
    }

    private static State after(State state, char c, int radix) {
        if (c == '_' || Chars.isDigit(c) && state != State.EXPONENT) {
            return state;
        }
        return switch (state) {
            case INTEGER -> c == '.' ? State.FRACTION : c == 'e' || c == 'E' ? State.EXPONENT : null;
            case FRACTION -> c == 'e' || c == 'E' ? State.EXPONENT : null;
            case EXPONENT -> c == '+' || c == '-' || Chars.isDigit(c) ? State.SIGNED_EXPONENT : null;
            case RADIX_INTEGER -> radix == 16 && Character.digit(c, 16) >= 0 ? state : null;
            case SIGNED_EXPONENT -> null;
        };
    }
}
