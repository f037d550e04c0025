package dev.tinysse.luahooks.template;

/** Values as they are written into the output. */
final class Escaping {

    private Escaping() {}

    /** A value in the present mode of escaping. */
    static String escaped(Rendering rendering, Value value) {
        return escaped(rendering, value, rendering.escape);
    }

    static String escaped(Rendering rendering, Value value, Autoescape mode) {
        if (value instanceof Value.Text(String text, boolean safe) && safe) {
            return text;
        }
        return switch (mode) {
            case NONE -> rendering.display(value);
            case JSON -> JsonWriter.compact(value, rendering.budget());
            case HTML -> value.kind().compareTo(Kind.STRING) < 0
                    ? rendering.display(value)
                    : html(rendering.display(value), rendering.budget());
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
