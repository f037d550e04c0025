package dev.tinysse.server.settings;

import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode;
import io.helidon.config.spi.ConfigNode.ListNode;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import io.helidon.config.spi.ConfigNode.ValueNode;
import io.helidon.config.spi.ConfigParser.Content;
import io.helidon.config.yaml.YamlConfigParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Options from a YAML file with one key per option.
 */
final class ConfigFile {
    private final Given file;

    private ConfigFile(Given file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param file its name, and where that comes from
     * @throws UsageException if it cannot be read, is no YAML, or has a key that is no option
     */
    static Map<Option<?>, Given> read(Given file) throws UsageException {
        return new ConfigFile(file).read();
    }

    private Map<Option<?>, Given> read() throws UsageException {
        Map<Option<?>, Given> given = new HashMap<>();
        for (Map.Entry<String, ConfigNode> entry : parse().entrySet()) {
            Option<?> option = option(entry.getKey());
            given.put(option, new Given(text(option, entry.getValue()), option.name() + " in " + file.text()));
        }
        return given;
    }

    private ObjectNode parse() throws UsageException {
        try (InputStream stream = Files.newInputStream(Path.of(file.text()))) {
            return YamlConfigParser.create()
                    .parse(Content.builder().data(stream).charset(StandardCharsets.UTF_8).build());
        } catch (IOException e) {
            throw unusable("cannot be read", reason(e));
        } catch (ConfigException e) {
            throw unusable("is no YAML file of keys and values", reason(e));
        }
    }

    private UsageException unusable(String what, String reason) {
        return new UsageException("the configuration file %s, %s: %s (from %s)".formatted(what, reason,
                Options.CONFIG.assignment(file.text()), file.origin()));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "access is denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String reason(ConfigException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return "line " + (marked.getProblemMark().getLine() + 1) + ", " + marked.getProblem();
        }
        return e.getCause() instanceof ClassCastException
                ? "which are written key: value"
                : String.valueOf(e.getMessage());
    }

    private Option<?> option(String key) throws UsageException {
        List<Option<?>> keys = Options.ALL.stream().filter(option -> option != Options.CONFIG)
                .collect(Collectors.toList());
        Optional<Option<?>> found = keys.stream().filter(option -> option.name().equals(key)).findFirst();
        return found.orElseThrow(() -> new UsageException("there is no option of that name%s: %s (from %s)"
                .formatted(Suggestion.of(key, keys.stream().map(Option::name).toList()), Given.shown(key),
                        file.text())));
    }

    private String text(Option<?> option, ConfigNode node) throws UsageException {
        boolean list = option.format().shape() == Format.Shape.LIST;
        return switch (node) {
            case ValueNode value -> value.get();
            case ListNode items when list && items.stream().allMatch(ValueNode.class::isInstance) -> items.stream()
                    .map(item -> ((ValueNode) item).get()).collect(Collectors.joining(", "));
            default -> throw new UsageException("%s must be %s, not %s: %s (from %s)".formatted(option.name(),
                    option.format().accepted(), node instanceof ListNode ? "a list" : "a group of keys", option.name(),
                    file.text()));
        };
    }
}
