package dev.tinysse.server.routing;

import dev.tinysse.api.internal.PercentCodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code application/x-www-form-urlencoded} by the rules of the
 * <a href="https://url.spec.whatwg.org/#urlencoded-parsing">URL standard, section 5.1</a>: a percent sign that begins no code
 * stands for itself. Only text that is not UTF-8 is refused, where the standard would replace it.
 */
public final class FormFields {
    /** A name and its value. */
    public record Field(String name, String value) {}

    private FormFields() {}

    /** The fields in order; nothing if one of them is not UTF-8. */
    public static Optional<List<Field>> parse(byte[] form) {
        List<Field> fields = new ArrayList<>();
        int from = 0;
        while (from <= form.length) {
            int end = indexOf(form, '&', from, form.length);
            if (end > from) {
                int equals = indexOf(form, '=', from, end);
                Optional<String> name = decode(form, from, equals);
                Optional<String> value = decode(form, Math.min(equals + 1, end), end);
                if (name.isEmpty() || value.isEmpty()) {
                    return Optional.empty();
                }
                fields.add(new Field(name.get(), value.get()));
            }
            from = end + 1;
        }
        return Optional.of(fields);
    }

    /** The fields of a query as it came in the request target. */
    public static Optional<List<Field>> parseQuery(String query) {
        return parse(query.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static int indexOf(byte[] form, char wanted, int from, int end) {
        for (int i = from; i < end; i++) {
            if (form[i] == wanted) {
                return i;
            }
        }
        return end;
    }

    private static Optional<String> decode(byte[] form, int from, int end) {
        return Utf8.decode(PercentCodes.decodeForm(form, from, end));
    }
}
