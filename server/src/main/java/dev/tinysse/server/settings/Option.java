package dev.tinysse.server.settings;

import dev.tinysse.cli.Shown;
import dev.tinysse.cli.UsageException;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be set. Its name is the flag's, the variable's and the key's.
 *
 * @param <T> type of its values
 * @param name in lower case with dashes
 * @param shortName of its short flag, if it has one
 * @param valueName placeholder for the value in the help
 * @param format which texts are values
 * @param defaultText raw value of the default; empty when there is none
 * @param otherwise what applies without a raw default, for the documentation; {@code none} if nothing does
 * @param description one sentence for the help, without its full stop
 * @param common whether most users need it: {@code --help} describes it
 */
record Option<T>(String name, Optional<Character> shortName, String valueName, Format<T> format,
        Optional<String> defaultText, String otherwise, String description, boolean common) {

    /** This option, as one that most users need. */
    Option<T> forMostUsers() {
        return new Option<>(name, shortName, valueName, format, defaultText, otherwise, description, true);
    }

    /** This option, with what applies when it is not set. */
    Option<T> otherwise(String shown) {
        return new Option<>(name, shortName, valueName, format, defaultText, shown, description, common);
    }

    /** The default as the documentation shows it. */
    String shownDefault() {
        return format.shape() == Format.Shape.SWITCH
                ? "off"
                : defaultText.filter(text -> !text.isEmpty()).orElse(otherwise);
    }

    String flag() {
        return "--" + name;
    }

    String variable() {
        return "TINYSSE_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * The value of a text.
     *
     * @param raw the text, and where it comes from
     * @throws UsageException if it is no value of this option
     */
    T parse(RawValue raw) throws UsageException {
        return format.parser().apply(raw.text()).orElseThrow(() -> new UsageException("%s must be %s: %s (from %s)"
                .formatted(name, format.accepted(), assignment(raw.text()), raw.origin())));
    }

    /** Name and value as messages show them. */
    String assignment(String text) {
        return name + "=" + Shown.value(text);
    }

    /** That of the name, of which there is one option: the JDK would generate code for that of all components at each start. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
