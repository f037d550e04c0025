package dev.tinysse.server.settings;

import dev.tinysse.cli.UsageException;
import java.lang.reflect.RecordComponent;
import java.util.Optional;

/**
 * Makes the records of the {@link Settings}. Each component takes the value of the option of its name; in a group also of
 * the option whose name begins with that of the group: {@code cors.maxAge} is {@code cors-max-age}.
 */
final class SettingsBinder {
    private final Values values;

    SettingsBinder(Values values) {
        this.values = values;
    }

    /**
     * The settings of all values.
     *
     * @throws UsageException if a raw value is no value of its option
     */
    Settings settings() throws UsageException {
        return record(Settings.class, "");
    }

    private <R extends Record> R record(Class<R> type, String group) throws UsageException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = value(components[i], group);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no such record: " + type, e);
        }
    }

    private Object value(RecordComponent component, String group) throws UsageException {
        Class<?> type = component.getType();
        if (type.getEnclosingClass() == Settings.class) {
            return record(type.asSubclass(Record.class), dashed(component.getName()));
        }
        Option<?> option = option(component, group);
        if (type == Optional.class && option.defaultText().isEmpty()) {
            return values.find(option);
        }
        Object value = values.get(option);
        return type == int.class && value instanceof Long number ? Integer.valueOf(Math.toIntExact(number)) : value;
    }

    /** The option that a component of a group takes its value from. */
    static Option<?> option(RecordComponent component, String group) {
        String name = dashed(component.getName());
        return Options.find(group + "-" + name).orElseGet(() -> Options.named(name));
    }

    static String dashed(String name) {
        StringBuilder dashed = new StringBuilder();
        for (char c : name.toCharArray()) {
            if (Character.isUpperCase(c)) {
                dashed.append('-');
            }
            dashed.append(Character.toLowerCase(c));
        }
        return dashed.toString();
    }
}
