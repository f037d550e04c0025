package dev.tinysse.server.settings;

import dev.tinysse.api.internal.Suggestion;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.UsageException;
import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode;
import io.helidon.config.spi.ConfigNode.ListNode;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import io.helidon.config.spi.ConfigNode.ValueNode;
import io.helidon.config.spi.ConfigParser.Content;
import io.helidon.config.yaml.YamlConfigParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Options from a YAML file with one key per option.
 */
final class ConfigFile {
    private static final List<Option<?>> KEYS = Options.ALL.stream().filter(option -> option != Options.CONFIG)
            .<Option<?>>map(option -> option).toList();

    private final RawValue file;

    private ConfigFile(RawValue file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param file its name, and where that comes from
     * @throws UsageException if it cannot be read, is no YAML, or has a key that is no option
     */
    static Map<Option<?>, RawValue> read(RawValue file) throws UsageException {
        return new ConfigFile(file).read();
    }

    private Map<Option<?>, RawValue> read() throws UsageException {
        Map<Option<?>, RawValue> rawValues = new HashMap<>();
        for (Map.Entry<String, ConfigNode> entry : parse(load()).entrySet()) {
            Option<?> option = option(entry.getKey());
            rawValues.put(option, new RawValue(text(option, entry.getValue()), origin(option)));
        }
        return rawValues;
    }

    private String load() throws UsageException {
        try {
            return Files.readString(Path.of(file.text()));
        } catch (IOException e) {
            throw unusable("a file that can be read", reason(e));
        }
    }

    private ObjectNode parse(String yaml) throws UsageException {
        var bytes = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
        try {
            return YamlConfigParser.create()
                    .parse(Content.builder().data(bytes).charset(StandardCharsets.UTF_8).build());
        } catch (ConfigException e) {
            throw unusable("a YAML file of keys and values", reason(e));
        } catch (StackOverflowError e) {
            // an alias inside its own anchor would be followed without end
            throw unusable("a YAML file of keys and values", "an alias contains itself");
        }
    }

    private UsageException unusable(String accepted, String reason) {
        return new UsageException("config must be %s (%s): %s (from %s)".formatted(accepted, reason,
                Options.CONFIG.assignment(file.text()), file.origin()));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is none";
            case AccessDeniedException _ -> "access is denied";
            case CharacterCodingException _ -> "it is not in UTF-8";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String reason(ConfigException e) {
        return switch (e.getCause()) {
            case MarkedYAMLException marked when marked.getProblemMark() != null -> "line "
                    + (marked.getProblemMark().getLine() + 1) + ": " + problem(marked);
            case YAMLException malformed -> malformed.getMessage();
            case null, default -> "unexpected content";
        };
    }

    /** A value such as {@code *} is an alias in YAML (YAML 1.2 section 7.1), whose error does not help its author. */
    private static String problem(MarkedYAMLException marked) {
        String context = String.valueOf(marked.getContext());
        return context.contains("alias") || String.valueOf(marked.getProblem()).contains("alias")
                ? "a value that begins with * must be quoted, as in \"*\""
                : marked.getProblem();
    }

    private static boolean isText(ConfigNode node) {
        return node instanceof ValueNode;
    }

    private Option<?> option(String key) throws UsageException {
        for (Option<?> option : KEYS) {
            if (option.name().equals(key)) {
                return option;
            }
        }
        String nearest = Suggestion.of(key, KEYS.stream().map(Option::name).toList());
        throw new UsageException("there is no such key%s, see tinysse --help: %s (from %s)".formatted(nearest,
                Shown.value(key), file.text()));
    }

    private String text(Option<?> option, ConfigNode node) throws UsageException {
        boolean list = option.format().shape().isList();
        return switch (node) {
            case ValueNode value -> value.get();
            case ListNode items when list && items.stream().allMatch(ConfigFile::isText) -> items.stream()
                    .map(item -> ((ValueNode) item).get()).collect(Collectors.joining(", "));
            case ListNode _ -> throw misshapen(option, "a list");
            default -> throw misshapen(option, "a group of keys");
        };
    }

    private UsageException misshapen(Option<?> option, String found) {
        return new UsageException("%s must be %s, and is %s: %s (from %s)".formatted(option.name(),
                option.format().accepted(), found, option.name(), origin(option)));
    }

    private String origin(Option<?> option) {
        return option.name() + " in " + file.text();
    }
}
