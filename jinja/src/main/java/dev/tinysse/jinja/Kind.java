package dev.tinysse.jinja;

/** The kinds of values in the order in which values of different kinds are sorted. */
public enum Kind {
    UNDEFINED("undefined"), NONE("none"), BOOL("bool"), NUMBER("number"), STRING("string"), SEQUENCE("sequence"), MAP(
            "map"), ITERATOR("iterator"), PLAIN("plain object"), UNUSABLE("invalid value");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** The name that error messages use. */
    public String label() {
        return label;
    }
}
