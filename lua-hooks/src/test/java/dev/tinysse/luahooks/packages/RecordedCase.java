package dev.tinysse.luahooks.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A script whose results are recorded: lines {@code @ label: value} of what the original says, {@code ~} what is as good,
 * {@code !} what is right instead.
 */
record RecordedCase(Path script) {

    private static final Path FOLDER = Path.of("src/test/resources/lua");
    private static final Pattern RESULT = Pattern.compile("([@~!]) ([^:]+): (.*)");

    /** The cases whose names begin with one of these words. */
    static List<RecordedCase> of(String... packages) {
        try (Stream<Path> files = Files.list(FOLDER.resolve("cases"))) {
            return files.filter(file -> Stream.of(packages).anyMatch(p -> name(file).matches(p + "-.*\\.lua"))).sorted()
                    .map(RecordedCase::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The script with the functions that all cases use in front, on its first line. Folders are looked for in that of the
     * case's files, the working directory being the same for all tests.
     */
    String source() {
        String prelude = lines(FOLDER.resolve("prelude.lua")).stream().filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining(" "));
        return (prelude + " " + String.join("\n", lines(script)))
                .replace("directory = \"", "directory = \"" + beside(".files") + "/");
    }

    /** The recorded results by label. */
    Map<String, List<String>> accepted() {
        Map<String, List<String>> usual = new LinkedHashMap<>();
        Map<String, List<String>> instead = new LinkedHashMap<>();
        for (String line : more(".out")) {
            Matcher result = RESULT.matcher(line);
            if (result.matches()) {
                (result.group(1).equals("!") ? instead : usual)
                        .computeIfAbsent(result.group(2), _ -> new ArrayList<>()).add(result.group(3));
            }
        }
        usual.putAll(instead);
        return usual;
    }

    /** The lines of a file that lies beside the script; none if it is not there. */
    List<String> more(String suffix) {
        return Files.exists(beside(suffix)) ? lines(beside(suffix)) : List.of();
    }

    /** The results in what the script has printed, by label. */
    static Map<String, String> results(String printed) {
        Map<String, String> results = new LinkedHashMap<>();
        printed.lines().map(RESULT::matcher).filter(Matcher::matches)
                .forEach(result -> results.put(result.group(2), result.group(3)));
        return results;
    }

    private Path beside(String suffix) {
        return script.resolveSibling(name(script).replaceFirst("\\.lua$", suffix));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name(script);
    }
}
