package dev.tinysse.server.settings;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The effective value of each option, and its source, for operators. Secrets are left out. Immutable. */
public final class EffectiveOptions {
    private static final String HIDDEN = "(not shown)";
    /** Options whose values may be secret as a whole. */
    private static final Set<String> SECRET = Set.of("script-data");
    /** User and password in an address. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://).*@");
    /** A query may hold keys. */
    private static final Pattern QUERY = Pattern.compile("(?<=://)([^?]*\\?).*");

    private final Values values;

    EffectiveOptions(Values values) {
        this.values = values;
    }

    /**
     * One option.
     *
     * @param name as in a configuration file
     * @param value raw, without secrets; nothing for an option that is not set and has no default
     * @param origin the flag, the variable, or the key and its file
     */
    public record EffectiveOption(String name, Optional<String> value, String origin) {}

    /** {@return all options, in the order of the help} */
    public List<EffectiveOption> list() {
        return Options.ALL.stream().map(this::effective).toList();
    }

    private EffectiveOption effective(Option<?> option) {
        Optional<RawValue> raw = values.raw(option);
        return new EffectiveOption(option.name(), raw.map(value -> shown(option.name(), value.text())),
                raw.map(RawValue::origin).orElse("not set"));
    }

    /** A value without what is secret in it. */
    static String shown(String name, String text) {
        if (SECRET.contains(name)) {
            return HIDDEN;
        }
        return QUERY.matcher(CREDENTIALS.matcher(text).replaceAll("***@")).replaceAll("$1***");
    }
}
