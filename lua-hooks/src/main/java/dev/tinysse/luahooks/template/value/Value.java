package dev.tinysse.luahooks.template.value;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A value that templates compute with. Lists and maps are the interfaces {@link Sequence} and {@link Mapping}, so that
 * what holds the data need not be copied.
 */
public sealed interface Value
        permits Value.Undefined, Value.None, Value.Bool, Value.Integral, Value.Real, Value.Text, Value.Unusable,
        Sequence, Mapping, Callable {

    /** What a name without a value stands for: false, empty, and an error where something is needed of it. */
    @SuppressWarnings("ClassInitializationDeadlock") // the enum is reached through this field alone
    Value UNDEFINED = Undefined.INSTANCE;

    /** The null of templates. */
    @SuppressWarnings("ClassInitializationDeadlock") // likewise
    Value NONE = None.INSTANCE;

    /** The kind of this value. */
    Kind kind();

    /** Whether this value counts as true in a condition. */
    boolean isTrue();

    /** A truth value. */
    static Value of(boolean value) {
        return new Bool(value);
    }

    /** An integer. */
    static Value of(long value) {
        return new Whole(value);
    }

    /** An integer of any size. */
    static Value of(BigInteger value) {
        return value.bitLength() < Long.SIZE ? new Whole(value.longValue()) : new Large(value);
    }

    /** A floating point number. */
    static Value of(double value) {
        return new Real(value);
    }

    /** A text that is escaped where it is written. */
    static Value of(String value) {
        return new Text(value, false);
    }

    /** This value as a text, if it is one. */
    default Optional<String> asText() {
        return Optional.empty();
    }

    /** The only undefined value. */
    enum Undefined implements Value {
        INSTANCE;

        @Override
        public Kind kind() {
            return Kind.UNDEFINED;
        }

        @Override
        public boolean isTrue() {
            return false;
        }
    }

    /** The only none. */
    enum None implements Value {
        INSTANCE;

        @Override
        public Kind kind() {
            return Kind.NONE;
        }

        @Override
        public boolean isTrue() {
            return false;
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Value {
        @Override
        public Kind kind() {
            return Kind.BOOL;
        }

        @Override
        public boolean isTrue() {
            return value;
        }
    }

    /** An integer: {@link Whole} if it fits into 64 bits, otherwise {@link Large}. */
    sealed interface Integral extends Value {

        /** The number. */
        BigInteger big();

        @Override
        default Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** An integer of 64 bits. */
    record Whole(long value) implements Integral {
        @Override
        public BigInteger big() {
            return BigInteger.valueOf(value);
        }

        @Override
        public boolean isTrue() {
            return value != 0;
        }
    }

    /** An integer that does not fit into 64 bits. */
    record Large(BigInteger big) implements Integral {
        @Override
        public boolean isTrue() {
            return true;
        }
    }

    /** A floating point number. */
    record Real(double value) implements Value {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }

        @Override
        public boolean isTrue() {
            return value != 0;
        }
    }

    /**
     * A text.
     *
     * @param value the characters
     * @param safe  whether it is markup already and must not be escaped again
     */
    record Text(String value, boolean safe) implements Value {
        @Override
        public Kind kind() {
            return Kind.STRING;
        }

        @Override
        public boolean isTrue() {
            return !value.isEmpty();
        }

        @Override
        public Optional<String> asText() {
            return Optional.of(value);
        }
    }

    /**
     * A value from outside that no template can use, such as a function: touching it is an error.
     *
     * @param reason what the error says
     */
    record Unusable(String reason) implements Value {
        @Override
        public Kind kind() {
            return Kind.UNUSABLE;
        }

        @Override
        public boolean isTrue() {
            return false;
        }
    }
}
