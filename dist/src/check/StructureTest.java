import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Shows that each check of {@link Structure} can fail: it compiles small trees with one violation each. Part of the build; by hand:
 * {@code java dist/src/check/StructureTest.java}.
 */
final class StructureTest {
    private static final String USER = "package dev.tinysse.broker.b; class User { Object used = new dev.tinysse.broker.a.Used(); }";
    private static final String USED = "package dev.tinysse.broker.a; public class Used {}";
    private static final String FUNCTIONS = "package dev.tinysse.broker.a; class Four { Four(%s) {} }";

    private int failures;

    public static void main(String[] args) throws IOException {
        StructureTest test = new StructureTest();
        test.run();
        System.exit(test.failures == 0 ? 0 : 1);
    }

    private void run() throws IOException {
        expect("no violation", "", "", USED, USER);
        expect("a public type that its own package uses", "no other package uses this public type", "",
                "package dev.tinysse.broker.a; public class Used { static class Nested {} }",
                "package dev.tinysse.broker.a; class User { Object used = new Used.Nested(); }");
        expect("a public type that another package names in Javadoc", "no other package uses this public type", "", USED,
                "package dev.tinysse.broker.b;\nimport dev.tinysse.broker.a.Used; /** {@link Used} */ class User {}");
        expect("a public type of which another package uses a constant", "", "",
                "package dev.tinysse.broker.a; public class Used { public static final int ONE = 1; }",
                "package dev.tinysse.broker.b;\nimport dev.tinysse.broker.a.Used; class User { int one = Used.ONE; }");
        expect("a public type with an exception", "", "public dev.tinysse.broker.a.Used: a reason", USED);
        expect("an exception without a reason", "not an exception with its reason", "public dev.tinysse.broker.a.Used:", USED, USER);
        expect("an exception that is needed no longer", "remove it: public dev.tinysse.broker.a.Used",
                "public dev.tinysse.broker.a.Used: a reason", USED, USER);
        expect("a cycle between files", "cycle between files", "", "package dev.tinysse.broker.a; class One { Two two; }",
                "package dev.tinysse.broker.a; class Two { One one; }");
        expect("a cycle between files through a constant", "cycle between files", "",
                "package dev.tinysse.broker.a; class One { static final int ONE = 1; Two two; }",
                "package dev.tinysse.broker.a; class Two { int one = One.ONE; }");
        expect("Javadoc of two files of a package", "", "", "package dev.tinysse.broker.a; /** {@link Two} */ class One {}",
                "package dev.tinysse.broker.a; class Two { One one; }");
        expect("a cycle between packages by an import for Javadoc", "cycle between packages", "",
                "package dev.tinysse.broker.a;\nimport dev.tinysse.broker.b.User; /** {@link User} */ public class Used {}",
                USER.replace("class User", "public class User"));
        expect("a cycle between packages by a qualified name in Javadoc", "cycle between packages", "",
                "package dev.tinysse.broker.a; public class Used { /** @see Object#equals(dev.tinysse.broker.b.User) */ int one; }", USER);
        expect("a cycle with an exception", "", "cycle dev.tinysse.broker.a.One dev.tinysse.broker.a.Two: a reason",
                "package dev.tinysse.broker.a; class One { Two two; }", "package dev.tinysse.broker.a; class Two { One one; }");
        expect("four functions of the JDK", "has 4 parameters of functional type", "", FUNCTIONS.formatted(
                "Runnable a, java.util.function.IntSupplier b, java.util.concurrent.Callable<?> c, java.util.concurrent.Executor d"));
        expect("three functions", "", "", FUNCTIONS.formatted("Runnable a, Runnable b, String c, Runnable d"));
        expect("four functions of our own", "has 4 parameters of functional type", "",
                FUNCTIONS.formatted("Own a, Own b, Own c, Own d"), "package dev.tinysse.broker.a; @FunctionalInterface interface Own { void run(); }");
        expect("a record of four functions", "has 4 parameters of functional type", "",
                "package dev.tinysse.broker.a; record Four(Runnable a, Runnable b, Runnable c, Runnable d) {}");
        expect("four functions with an exception", "", "functions dev.tinysse.broker.a.Four: a reason",
                FUNCTIONS.formatted("Runnable a, Runnable b, Runnable c, Runnable d"));
    }

    /** Checks a tree of these sources: {@code expected} is in a line found, or empty for none. */
    private void expect(String what, String expected, String exceptions, String... sources) throws IOException {
        Path root = Files.createTempDirectory("structure");
        try {
            Files.writeString(Files.createDirectories(root.resolve("dist/src/check")).resolve("structure.txt"), exceptions);
            compile(root.resolve("broker"), sources);
            List<String> found = Structure.check(root);
            if (expected.isEmpty() ? !found.isEmpty() : found.stream().noneMatch(line -> line.contains(expected))) {
                System.err.println(what + ": expected \"" + expected + "\", found " + found);
                failures++;
            }
        } finally {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void compile(Path module, String... sources) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        for (String source : sources) {
            String name = source.replaceFirst("(?s).*?\\b(?:class|interface|record) (\\w+)[ (].*", "$1");
            String folder = source.replaceFirst("(?s)package ([\\w.]+);.*", "$1").replace('.', '/');
            files.put(module.resolve("src/main/java").resolve(folder).resolve(name + ".java"), source);
        }
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", module.resolve("target/classes").toString()));
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), file.getValue());
            arguments.add(file.getKey().toString());
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("not compiled: " + String.join(" ", sources));
        }
    }
}
