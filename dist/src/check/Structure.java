import java.io.IOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the sources of all modules, and the classes that have been compiled from them, for:
 *
 * <ul>
 * <li>cycles between source files and between packages. A reference in Javadoc to another package counts as one in code; two files of
 * one package may refer to each other in Javadoc.</li>
 * <li>public top-level types of {@code access}, {@code admin}, {@code broker} and {@code server} that the main sources of no other package use.</li>
 * <li>constructors with more than three parameters of functional type: each may call back into the object that passes it.</li>
 * </ul>
 *
 * <p>{@code structure.txt} names the exceptions. Run in the root directory: {@code java dist/src/check/Structure.java}. The exit status
 * is 1 if a check fails, or if an exception is needed no longer. {@code StructureTest.java} shows that each check can fail.
 */
final class Structure {
    private static final Set<String> MODULES_WITHOUT_API = Set.of("access", "admin", "broker", "server");
    private static final int MAX_FUNCTIONS = 3;

    private static final Pattern DESCRIPTOR = Pattern.compile("L(dev/tinysse/[\\w/$]+)[;<]");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+);");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern LINK = Pattern
            .compile("(?:\\{@(?:link|linkplain|value)|@(?:see|throws|exception))\\s+([\\w.]*)(?:#\\w+)?(\\([^)]*\\))?");
    private static final Pattern FUNCTION = Pattern
            .compile("java\\.util\\.function\\.\\w+|java\\.lang\\.Runnable|java\\.util\\.Comparator"
                    + "|java\\.util\\.concurrent\\.(Callable|Executor|ThreadFactory)");
    private static final Pattern EXCEPTION = Pattern.compile("(public|functions|cycle) ([\\w. ]+): \\S.*");

    /** What one source file and its classes refer to, as names of files: {@code dev/tinysse/broker/Broker}. Javadoc: in other packages. */
    private record Source(String module, Set<String> code, Set<String> javadoc) {
        Set<String> all() {
            Set<String> all = new TreeSet<>(code);
            all.addAll(javadoc);
            return all;
        }
    }

    private final Path root;
    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<String, List<ClassModel>> classes = new TreeMap<>();
    /** What descriptors of modules and of services name. */
    private final Set<String> provided = new HashSet<>();
    private final Map<String, Set<String>> exceptions = new HashMap<>();
    private final Set<String> unused = new TreeSet<>();
    private final List<String> found = new ArrayList<>();

    private Structure(Path root) {
        this.root = root;
    }

    public static void main(String[] args) throws IOException {
        List<String> found = check(Path.of(""));
        found.forEach(System.err::println);
        System.exit(found.isEmpty() ? 0 : 1);
    }

    /** {@return a line for each failed check of the tree in a folder} */
    static List<String> check(Path root) throws IOException {
        Structure structure = new Structure(root);
        structure.readExceptions();
        structure.readModules();
        structure.findCycles();
        structure.findUnusedPublicTypes();
        structure.findFunctions();
        structure.unused.forEach(line -> structure.found.add("structure.txt: this exception is needed no longer, remove it: " + line));
        return structure.found;
    }

    /** A line is {@code public TYPE: REASON}, {@code functions TYPE: REASON}, or {@code cycle TYPE TYPE…: REASON}. */
    private void readExceptions() throws IOException {
        for (String line : Files.readAllLines(root.resolve("dist/src/check/structure.txt"))) {
            Matcher exception = EXCEPTION.matcher(line);
            if (exception.matches()) {
                String key = exception.group(1) + " " + exception.group(2);
                exceptions.put(key, Set.of(exception.group(2).split(" ")));
                unused.add(key);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                found.add("structure.txt: not an exception with its reason: " + line);
            }
        }
    }

    private boolean isException(String kind, String name) {
        String key = kind + " " + name;
        unused.remove(key);
        return exceptions.containsKey(key);
    }

    private void readModules() throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.sorted().toList()) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main) && !module.endsWith("bench")) {
                    readClasses(module);
                    try (Stream<Path> all = Files.walk(main)) {
                        all.filter(path -> path.toString().endsWith(".java"))
                                .forEach(path -> files.put(withoutSuffix(main.relativize(path)), path));
                    }
                    readServices(module.resolve("src/main/resources/META-INF/services"));
                }
            }
        }
        Set<String> names = files.keySet();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (file.getKey().contains("/")) {
                String module = root.relativize(file.getValue()).getName(0).toString();
                sources.put(file.getKey(), source(file.getKey(), module, Files.readString(file.getValue()), names));
            }
        }
    }

    private void readClasses(Path module) throws IOException {
        Path folder = module.resolve("target/classes");
        if (!Files.isDirectory(folder)) {
            found.add(module + " has not been compiled");
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel parsed = ClassFile.of().parse(file);
                if (parsed.isModuleInfo()) {
                    provided.addAll(references(parsed));
                } else {
                    classes.computeIfAbsent(fileOf(withoutSuffix(folder.relativize(file))), _ -> new ArrayList<>()).add(parsed);
                }
            }
        }
    }

    private void readServices(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path file : all.toList()) {
                    Files.readAllLines(file).forEach(line -> provided.add(line.strip().replace('.', '/')));
                }
            }
        }
    }

    private Source source(String file, String module, String text, Set<String> files) {
        Set<String> inCode = new TreeSet<>();
        classes.getOrDefault(file, List.of()).forEach(parsed -> inCode.addAll(references(parsed)));
        Set<String> inJavadoc = new TreeSet<>();
        // what only Javadoc needs is imported, or has its qualified name
        IMPORT.matcher(text).results().flatMap(name -> resolve(name.group(1), files).stream()).forEach(inJavadoc::add);
        JAVADOC.matcher(text).results().flatMap(comment -> LINK.matcher(comment.group()).results()).forEach(link -> {
            for (String name : (link.group(1) + " " + (link.group(2) == null ? "" : link.group(2))).split("[^\\w.]+")) {
                resolve(name, files).ifPresent(inJavadoc::add);
            }
        });
        inCode.removeIf(other -> other.equals(file) || !files.contains(other));
        inJavadoc.removeIf(other -> packageOf(other).equals(packageOf(file)));
        return new Source(module, inCode, inJavadoc);
    }

    /** The file of a qualified name, which may go on with nested types and members. */
    private static Optional<String> resolve(String qualified, Set<String> files) {
        String name = qualified.replace('.', '/');
        while (name.contains("/")) {
            if (files.contains(name)) {
                return Optional.of(name);
            }
            name = name.substring(0, name.lastIndexOf('/'));
        }
        return Optional.empty();
    }

    /** The files of all types that a class names, those of constants that the compiler inlined included. */
    private static Collection<String> references(ClassModel parsed) {
        Set<String> names = new HashSet<>();
        for (PoolEntry entry : parsed.constantPool()) {
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

    private void findCycles() {
        Map<String, Set<String>> files = new TreeMap<>();
        Map<String, Set<String>> packages = new TreeMap<>();
        sources.forEach((file, source) -> {
            files.put(file, source.all());
            source.all().stream().map(Structure::packageOf).filter(other -> !other.equals(packageOf(file)))
                    .forEach(other -> packages.computeIfAbsent(packageOf(file), _ -> new TreeSet<>()).add(other));
        });
        cycles(files).forEach(cycle -> report("files", cycle, files));
        cycles(packages).forEach(cycle -> report("packages", cycle, packages));
    }

    private void report(String kind, Set<String> cycle, Map<String, Set<String>> edges) {
        Set<String> names = cycle.stream().map(Structure::dotted).collect(Collectors.toCollection(TreeSet::new));
        for (Map.Entry<String, Set<String>> exception : exceptions.entrySet()) {
            if (exception.getKey().startsWith("cycle ") && exception.getValue().containsAll(names)) {
                unused.remove(exception.getKey());
                return;
            }
        }
        found.add("cycle between %s: %s".formatted(kind, cycle.stream().map(from -> dotted(from) + " refers to " + edges.get(from).stream()
                .filter(cycle::contains).map(Structure::dotted).collect(Collectors.joining(" and "))).collect(Collectors.joining("; "))));
    }

    private void findUnusedPublicTypes() {
        Set<String> used = new HashSet<>(provided);
        sources.forEach((file, source) -> source.code.stream().filter(other -> !packageOf(other).equals(packageOf(file)))
                .forEach(used::add));
        sources.forEach((file, source) -> {
            if (MODULES_WITHOUT_API.contains(source.module) && !used.contains(file)
                    && classes.getOrDefault(file, List.of()).stream()
                            .anyMatch(parsed -> parsed.thisClass().asInternalName().equals(file) && isPublic(parsed.flags()))
                    && !isException("public", dotted(file))) {
                found.add("no other package uses this public type, so make it package-private: " + dotted(file));
            }
        });
    }

    private static boolean isPublic(AccessFlags flags) {
        return flags.has(AccessFlag.PUBLIC);
    }

    private void findFunctions() {
        Set<String> own = classes.values().stream().flatMap(List::stream).filter(Structure::isFunctional)
                .map(parsed -> parsed.thisClass().asSymbol().descriptorString()).collect(Collectors.toSet());
        classes.forEach((file, all) -> {
            if (sources.containsKey(file)) {
                for (ClassModel parsed : all) {
                    // a local class has the variables that it captures as parameters
                    if (parsed.findAttribute(Attributes.enclosingMethod()).isEmpty()) {
                        parsed.methods().forEach(method -> checkFunctions(parsed, method, own));
                    }
                }
            }
        });
    }

    private static boolean isFunctional(ClassModel parsed) {
        return parsed.findAttribute(Attributes.runtimeVisibleAnnotations()).stream().flatMap(all -> all.annotations().stream())
                .anyMatch(annotation -> annotation.className().equalsString("Ljava/lang/FunctionalInterface;"));
    }

    private void checkFunctions(ClassModel parsed, MethodModel method, Set<String> own) {
        if (!method.methodName().equalsString("<init>")) {
            return;
        }
        long functions = method.methodTypeSymbol().parameterList().stream()
                .filter(type -> own.contains(type.descriptorString()) || FUNCTION.matcher(qualified(type)).matches()).count();
        String type = dotted(parsed.thisClass().asInternalName()).replace('$', '.');
        if (functions > MAX_FUNCTIONS && !isException("functions", type)) {
            found.add("a constructor of %s has %d parameters of functional type, at most %d are allowed: pass the object that has these methods, or return what to do"
                    .formatted(type, functions, MAX_FUNCTIONS));
        }
    }

    private static String qualified(ClassDesc type) {
        return type.isClassOrInterface() ? type.packageName() + "." + type.displayName() : type.displayName();
    }

    private static String withoutSuffix(Path file) {
        return file.toString().replaceFirst("\\.\\w+$", "");
    }

    private static String fileOf(String type) {
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }

    private static String packageOf(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }

    /** Sets of which each member leads to each other one. */
    private static List<Set<String>> cycles(Map<String, Set<String>> edges) {
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
