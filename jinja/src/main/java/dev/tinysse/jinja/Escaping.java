package dev.tinysse.jinja;

/** Values as they are written into the output. */
final class Escaping {

    private Escaping() {}

    /** A value in the present mode of escaping. */
    static String escaped(Environment environment, Value value) {
        return escaped(environment, value, environment.escape());
    }

    static String escaped(Environment environment, Value value, Autoescape mode) {
        if (value instanceof Value.Text(String text, boolean safe) && safe) {
            return text;
        }
        return switch (mode) {
            case NONE -> environment.display(value);
            case JSON -> JsonWriter.compact(value, environment.budget());
            case HTML -> value.kind().compareTo(Kind.STRING) < 0
                    ? environment.display(value)
                    : html(environment.display(value), environment.budget());
        };
    }

    private static String html(String text, Budget budget) {
        int first = 0;
        while (first < text.length() && "<>&\"'/".indexOf(text.charAt(first)) < 0) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        var out = new Output(budget).append(text.substring(0, first));
        for (int i = first; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#x27;");
                case '/' -> out.append("&#x2f;");
                default -> out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
