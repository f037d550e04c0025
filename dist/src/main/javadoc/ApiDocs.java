import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes the documentation of the API, and of the kit that providers are checked with, as a jar:
 * {@code ApiDocs JAR FOLDER-FOR-PAGES TIMESTAMP FOLDER-OF-SOURCES…}. Its class path has what the kit is compiled against.
 */
final class ApiDocs {
    private ApiDocs() {}

    public static void main(String[] arguments) throws IOException {
        String jar = arguments[0];
        String pages = arguments[1];
        List<String> javadoc = new ArrayList<>(List.of("-quiet", "-notimestamp", "--no-fonts", "-Xdoclint:none", "-encoding",
                "UTF-8", "-charset", "UTF-8", "-windowtitle", "Tiny SSE: API for hook providers", "-d", pages, "-classpath",
                System.getProperty("java.class.path")));
        for (String folder : List.of(arguments).subList(3, arguments.length)) {
            javadoc.addAll(sources(Path.of(folder)));
        }
        run("javadoc", javadoc);
        run("jar", List.of("--create", "--file", jar, "--date", arguments[2], "-C", pages, "."));
    }

    private static List<String> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().toList();
        }
    }

    private static void run(String tool, List<String> arguments) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err,
                arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException(tool + " failed: status=" + status);
        }
    }
}
