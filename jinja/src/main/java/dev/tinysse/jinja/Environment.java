package dev.tinysse.jinja;

/** The part of a rendering that filters and tests may use. For the thread that renders. */
interface Environment {

    /** Counts every step and every new value. */
    Budget budget();

    /** Which values are equal, and which come first. */
    Order order();

    /** Arithmetic and containment. */
    Operators operators();

    /** Writes values as text. */
    Printer printer();

    /** The present mode of escaping. */
    Autoescape escape();

    /** A value as it is printed. */
    String display(Value value);

    /** A text that needs no escaping; where nothing is escaped it is a text like any other. */
    Value markup(String text);
}
