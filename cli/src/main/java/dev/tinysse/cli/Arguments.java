package dev.tinysse.cli;

import dev.tinysse.api.internal.ByteSizes;
import dev.tinysse.api.internal.Digits;
import dev.tinysse.api.internal.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The arguments behind the name of a command. For one thread. */
public final class Arguments {
    private static final double MAX_RATE = 10_000_000;

    private final ParseResult result;

    Arguments(ParseResult result) {
        this.result = result;
    }

    /** {@return whether the help is requested} */
    public boolean asksForHelp() {
        return result.isUsageHelpRequested();
    }

    /** {@return what is no option, in order} */
    public List<String> operands() {
        return List.of(result.matchedPositionalValue(0, new String[0]));
    }

    /**
     * Operands that are files.
     *
     * @return them, at least one, in order
     * @throws UsageException if there is none
     */
    public List<String> files() throws UsageException {
        if (operands().isEmpty()) {
            throw new UsageException("no file was named, see " + result.commandSpec().name() + " --help");
        }
        return operands();
    }

    /** {@return whether an option is there} */
    public boolean has(String option) {
        return result.hasMatchedOption(option);
    }

    /** {@return the value of an option, if it is there} */
    public Optional<String> text(String option) {
        return Optional.ofNullable(result.matchedOptionValue(option, (String) null));
    }

    /**
     * The value of an option that must be there.
     *
     * @throws UsageException if it is not
     */
    public String required(String option) throws UsageException {
        return text(option).orElseThrow(() -> new UsageException(option + " is missing"));
    }

    /** {@return the values of an option that may be repeated} */
    public List<String> texts(String option) {
        return List.copyOf(result.matchedOptionValue(option, List.<String>of()));
    }

    /**
     * A whole number.
     *
     * @throws UsageException if it is none from {@code min} to {@code max}
     */
    public Optional<Long> number(String option, long min, long max) throws UsageException {
        return read(option, text -> Digits.parse(text).filter(number -> number >= min && number <= max),
                "a number from " + min + " to " + max);
    }

    /**
     * A number of bytes.
     *
     * @throws UsageException if it is none from {@code min} to {@code max}
     */
    public Optional<Long> bytes(String option, long min, long max) throws UsageException {
        return read(option, text -> ByteSizes.parse(text).filter(bytes -> bytes >= min && bytes <= max),
                "a size like 64KB, from " + min + " to " + max + " bytes");
    }

    /**
     * A duration.
     *
     * @throws UsageException if it is none
     */
    public Optional<Duration> duration(String option) throws UsageException {
        return read(option, Durations::parse, "a duration like 500ms, 60s or 1m30s");
    }

    /**
     * How often a second, which may be less than once.
     *
     * @throws UsageException if it is no number above 0
     */
    public Optional<Double> rate(String option) throws UsageException {
        return read(option, Arguments::rateOf, "a number above 0, of times a second");
    }

    private static Optional<Double> rateOf(String text) {
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.empty();
        }
        return Optional.of(Double.valueOf(text)).filter(rate -> rate > 0 && rate <= MAX_RATE);
    }

    private interface Reader<T> {
        Optional<T> read(String text);
    }

    private <T> Optional<T> read(String option, Reader<T> reader, String accepted) throws UsageException {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = reader.read(text.get());
        if (value.isEmpty()) {
            throw new UsageException("%s must be %s: %s".formatted(option, accepted, Shown.value(text.get())));
        }
        return value;
    }
}
