package dev.tinysse.api;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims of a token, copied once, so that they cannot change. */
final class Claims extends AbstractMap<String, Object> {
    private final Map<String, Object> values;

    private Claims(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * An unmodifiable copy; what is one already is returned as it is.
     *
     * @throws IllegalArgumentException if a value is of a type that claims do not have
     */
    static Map<String, Object> copyOf(Map<String, Object> claims) {
        if (claims.isEmpty()) {
            return Map.of();
        }
        return claims instanceof Claims ? claims : new Claims(copyOfMap(claims));
    }

    private static Map<String, Object> copyOfMap(Map<?, ?> claims) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(claims.size());
        claims.forEach((name, value) -> copy.put((String) name, copyOfValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static List<Object> copyOfList(List<?> list) {
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(value -> copy.add(copyOfValue(value)));
        return Collections.unmodifiableList(copy);
    }

    private static Object copyOfValue(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("a claim must not be null");
        }
        return switch (value) {
            case String _,Boolean _,Long _,Double _ -> value;
            case Integer number -> number.longValue();
            case List<?> list -> copyOfList(list);
            case Map<?, ?> map -> copyOfMap(map);
            default ->
                throw new IllegalArgumentException("a claim must be text, a boolean, a long, a double, a list or a "
                        + "map: class=" + value.getClass().getName());
        };
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return values.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return values.containsKey(name);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return values.entrySet();
    }
}
