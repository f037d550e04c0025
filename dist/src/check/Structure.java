import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the classes of all modules that have been compiled: no circles between source files, and none between packages. What is
 * there still stands in {@code known.txt}: the names of the files of a circle. Run in the root directory:
 * {@code java dist/src/check/Structure.java}. The exit status is 1 if something else is found.
 */
final class Structure {
    private static final Pattern DESCRIPTOR = Pattern.compile("L(dev/tinysse/[\\w/$]+)[;<]");
    private static final Path KNOWN = Path.of("dist/src/check/known.txt");

    private final List<String> found = new ArrayList<>();
    private final List<Set<String>> known;

    private Structure(List<Set<String>> known) {
        this.known = known;
    }

    public static void main(String[] args) throws IOException {
        Structure structure;
        try (Stream<String> lines = Files.lines(KNOWN)) {
            structure = new Structure(lines.filter(line -> !line.startsWith("#")).map(line -> Set.of(line.split(" ")))
                    .toList());
        }
        try (Stream<Path> modules = Files.list(Path.of(""))) {
            for (Path module : modules.sorted().toList()) {
                if (Files.isDirectory(module.resolve("src/main/java")) && !module.startsWith("bench")) {
                    structure.check(module);
                }
            }
        }
        structure.found.forEach(System.err::println);
        System.exit(structure.found.isEmpty() ? 0 : 1);
    }

    private void check(Path module) throws IOException {
        Path classes = module.resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            found.add(module + " has not been compiled");
            return;
        }
        Path sources = module.resolve("src/main/java");
        Map<String, Set<String>> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = fileOf(classes.relativize(file).toString().replaceFirst("\\.class$", ""));
                if (name.contains("/") && Files.exists(sources.resolve(name + ".java"))) {
                    files.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(references(file));
                }
            }
        }
        files.forEach((file, references) -> references.removeIf(other -> other.equals(file) || !files.containsKey(other)));
        for (Set<String> circle : circles(files)) {
            Set<String> names = circle.stream().map(file -> file.substring(file.lastIndexOf('/') + 1))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (known.stream().noneMatch(line -> line.containsAll(names))) {
                found.add("circle between files of %s: %s".formatted(module, circle));
            }
        }
        Map<String, Set<String>> packages = new TreeMap<>();
        files.forEach((file, references) -> references.stream().map(Structure::packageOf)
                .filter(other -> !other.equals(packageOf(file)))
                .forEach(other -> packages.computeIfAbsent(packageOf(file), _ -> new TreeSet<>()).add(other)));
        circles(packages).forEach(circle -> found.add("circle between packages of %s: %s".formatted(module, circle)));
    }

    /** The files of all types that a class names. */
    private static Collection<String> references(Path file) throws IOException {
        Set<String> names = new HashSet<>();
        for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
            if (entry instanceof ClassEntry type) {
                names.add(fileOf(type.asInternalName()));
            } else if (entry instanceof Utf8Entry text) {
                Matcher descriptor = DESCRIPTOR.matcher(text.stringValue());
                while (descriptor.find()) {
                    names.add(fileOf(descriptor.group(1)));
                }
            }
        }
        return names;
    }

    private static String fileOf(String type) {
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }

    private static String packageOf(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    /** Sets of which each member leads to each other one. */
    private static List<Set<String>> circles(Map<String, Set<String>> edges) {
        Map<String, Set<String>> reached = edges.keySet().stream()
                .collect(Collectors.toMap(UnaryOperator.identity(), from -> reachable(edges, from)));
        return reached.keySet().stream().filter(from -> reached.get(from).contains(from))
                .map(from -> (Set<String>) reached.get(from).stream()
                        .filter(to -> reached.getOrDefault(to, Set.of()).contains(from))
                        .collect(Collectors.toCollection(TreeSet::new)))
                .distinct().toList();
    }

    private static Set<String> reachable(Map<String, Set<String>> edges, String from) {
        Set<String> reached = new HashSet<>();
        List<String> next = new ArrayList<>(edges.getOrDefault(from, Set.of()));
        while (!next.isEmpty()) {
            String one = next.removeLast();
            if (reached.add(one)) {
                next.addAll(edges.getOrDefault(one, Set.of()));
            }
        }
        return reached;
    }
}
