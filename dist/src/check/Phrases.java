import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds phrases that docs/glossary.md replaces, in the documents, in the comments and strings of sources, and in all other texts of
 * the tree. The phrases and the exceptions, with their reasons, are in {@code phrases.txt}. Run in the root directory:
 * {@code java dist/src/check/Phrases.java [--count]}. The exit status is 1 if a phrase is found. {@code --count} prints a total for
 * each phrase instead.
 */
final class Phrases {
    private static final Path LIST = Path.of("dist/src/check/phrases.txt");
    private static final Pattern TEXTS = Pattern.compile(".*\\.(java|md|html|js|ts|css|yaml|yml|conf|cfg|lua|service|json|py|sh|jinja|tmpl"
            + "|xml|c|h|properties)"
            + "|.*/(Caddyfile|cluster\\.Caddyfile|Dockerfile|tinysse|healthy)|(bench|\\.?ci|conformance)/[a-z-]+");
    private static final Pattern SKIPPED = Pattern.compile("(.*/)?(target|node_modules|\\.git|src/test/resources)/.*|dist/src/check/.*");
    private static final String BLOCK = "/\\*.*?\\*/";
    private static final String LINE = "//[^\\n]*";
    private static final String DOUBLE = "\"(?:\\\\.|[^\"\\\\\\n])*\"";
    private static final String SINGLE = "'(?:\\\\.|[^'\\\\\\n])*'";
    private static final String BACKTICK = "`(?:\\\\.|[^`\\\\])*`";
    private static final String TRIPLE = "\"\"\".*?(?<!\\\\)\"\"\"";
    /** Comments (the first group) and literals (the second) of a language, by the suffix of its files; those of scripts without one are Python's. */
    private static final Map<String, Pattern> LANGUAGES = Map.of(
            "java", language(BLOCK + "|" + LINE, TRIPLE + "|" + DOUBLE + "|" + SINGLE),
            "js", language(BLOCK + "|(?<![:\"'])" + LINE, DOUBLE + "|" + SINGLE + "|" + BACKTICK),
            "ts", language(BLOCK + "|" + LINE, DOUBLE + "|" + SINGLE + "|" + BACKTICK),
            "c", language(BLOCK + "|" + LINE, DOUBLE + "|" + SINGLE),
            "py", language("#[^\\n]*", TRIPLE + "|" + DOUBLE + "|" + SINGLE),
            "lua", language("--[^\\n]*", DOUBLE + "|" + SINGLE));
    /** Names of types and members in Javadoc. */
    private static final Pattern NAMES = Pattern.compile("\\{@(link|linkplain|code)\\s[^}]*}|@(param|throws|see)\\s+\\S+");
    private static final Pattern BETWEEN_LINES = Pattern.compile("(?m)^[ \\t]*(\\*|//|#|>)+[ \\t]?");
    /** In place of code. */
    private static final String CODE = "\u0001";

    private record Phrase(Pattern pattern, String replacement) {}

    private record Allowed(Pattern path, Pattern text) {}

    private final List<Phrase> phrases = new ArrayList<>();
    private final List<Allowed> exceptions = new ArrayList<>();
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final List<String> found = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        Phrases check = new Phrases();
        check.readList();
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.toString();
                if (TEXTS.matcher(name).matches() && !SKIPPED.matcher(name).matches()) {
                    check.search(file);
                }
            }
        }
        if (List.of(arguments).contains("--count")) {
            check.phrases.forEach(phrase -> System.out.printf("%6d  %s%n",
                    check.counts.getOrDefault(phrase.pattern.pattern(), 0), phrase.pattern.pattern().replace("\\s+", " ")));
            return;
        }
        check.found.forEach(System.err::println);
        System.exit(check.found.isEmpty() ? 0 : 1);
    }

    /** A line is {@code PHRASE => REPLACEMENT}, or {@code except PATH: TEXT: REASON}; the left parts are regular expressions. */
    private void readList() throws IOException {
        for (String line : Files.readAllLines(LIST)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] exception = line.split(": ", 3);
            String[] replacement = line.split(" => ", 2);
            if (line.startsWith("except ") && exception.length == 3) {
                exceptions.add(new Allowed(Pattern.compile(exception[0].substring("except ".length())), pattern(exception[1])));
            } else if (replacement.length == 2) {
                phrases.add(new Phrase(pattern("\\b(?:" + replacement[0] + ")\\b"), replacement[1]));
            } else {
                throw new IOException("neither a phrase nor an exception with its reason: " + line);
            }
        }
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE);
    }

    private void search(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (MalformedInputException e) {
            return; // test data that is not text
        }
        String name = file.getFileName().toString();
        Pattern language = LANGUAGES.get(name.contains(".") ? name.replaceFirst(".*\\.", "") : "py");
        String prose = language == null ? text : prose(text, language);
        String joined = blanked(BETWEEN_LINES, prose);
        for (Phrase phrase : phrases) {
            Matcher matcher = phrase.pattern.matcher(joined);
            while (matcher.find()) {
                if (!isAllowed(file.toString(), joined, matcher)) {
                    counts.merge(phrase.pattern.pattern(), 1, Integer::sum);
                    long line = 1 + joined.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
                    found.add("%s:%d: \"%s\": write %s".formatted(file, line, matcher.group().replaceAll("\\s+", " "), phrase.replacement));
                }
            }
        }
    }

    /** Whether an exception's text, as found in this file, covers what was found. */
    private boolean isAllowed(String path, String text, Matcher phrase) {
        for (Allowed allowed : exceptions) {
            if (allowed.path.matcher(path).matches()) {
                Matcher around = allowed.text.matcher(text);
                int from = Math.max(0, phrase.start() - 200);
                around.region(from, Math.min(text.length(), phrase.end() + 200));
                while (around.find()) {
                    if (around.start() <= phrase.start() && phrase.end() <= around.end()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The comments of a source and its literals with several words, on their lines; literals that are added up are one. */
    private static String prose(String source, Pattern language) {
        StringBuilder prose = new StringBuilder();
        Matcher matcher = language.matcher(source);
        int end = 0;
        boolean isProse = false;
        while (matcher.find()) {
            String between = source.substring(end, matcher.start());
            boolean continues = between.isBlank() || between.strip().equals("+");
            prose.append(continues ? between.replace('+', ' ') : masked(between));
            String piece = matcher.group();
            isProse = matcher.group(1) != null || piece.strip().contains(" ") || (continues && isProse);
            prose.append(isProse ? blanked(NAMES, piece).replaceAll("[\"'`]", " ").replace("/*", "  ").replace("*/", "  ") : masked(piece));
            end = matcher.end();
        }
        return prose.append(masked(source.substring(end))).toString();
    }

    private static Pattern language(String comments, String literals) {
        return Pattern.compile("(" + comments + ")|(" + literals + ")", Pattern.DOTALL);
    }

    private static String masked(String code) {
        return code.replaceAll("[^\\n]+", CODE);
    }

    private static String blanked(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(match -> match.group().replaceAll("[^\\n]", " "));
    }
}
