package dev.tinysse.jinja;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A value that templates compute with. Lists and maps are the interfaces {@link Sequence} and {@link Mapping}, so that
 * what holds the data need not be copied.
 */
public sealed interface Value
        permits Value.Undefined, Value.None, Value.Bool, Value.Integral, Value.Real, Value.Text, Value.Unusable,
        Value.Sequence, Value.Mapping, Value.Callable {

    /** The value of a name without a value: false, empty, and an error where something is needed of it. */
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

    /** A list of values. An implementation must not change while a template is rendered. */
    non-sealed interface Sequence extends Value, Iterable<Value> {

        /** How many elements there are. */
        int size();

        /**
         * An element.
         *
         * @param index from 0 to {@code size() - 1}
         */
        Value get(int index);

        /** Whether templates see the length; without it, the length is an error and the end of a loop is not seen. */
        default boolean sized() {
            return true;
        }

        @Override
        default Kind kind() {
            return Kind.SEQUENCE;
        }

        @Override
        default boolean isTrue() {
            return !sized() || size() > 0;
        }

        @Override
        default Iterator<Value> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size();
                }

                @Override
                public Value next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return get(next++);
                }
            };
        }
    }

    /** Values by key. An implementation from outside must not change while a template is rendered. */
    non-sealed interface Mapping extends Value {

        /**
         * The value of a key.
         *
         * @return {@link #UNDEFINED} if there is none
         */
        Value get(Value key);

        /** Whether there is a value for this key. */
        boolean contains(Value key);

        /** All keys in the order of {@link Order}. */
        List<Value> keys();

        /** How many keys there are. */
        int size();

        @Override
        default Kind kind() {
            return Kind.MAP;
        }

        @Override
        default boolean isTrue() {
            return size() > 0;
        }
    }

    /** A value of this module that templates call, such as a macro or a function. */
    non-sealed interface Callable extends Value {

        /** The printed text of it. */
        String label();

        /** One of its attributes, undefined if it has none of this name. */
        default Value attribute(String name) {
            return UNDEFINED;
        }

        @Override
        default Kind kind() {
            return Kind.PLAIN;
        }

        @Override
        default boolean isTrue() {
            return true;
        }
    }
}
