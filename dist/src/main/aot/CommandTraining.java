import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Makes the image's archive of the classes that {@code pub}, {@code sub} and {@code bench} load: runs each of them against a
 * server of the image, with a list of what it loads, and has the JVM write what is on any of the lists. The build runs it as
 * {@code java CommandTraining.java IMAGE}; a command that fails fails the build.
 */
final class CommandTraining {
    private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.0\\.0\\.1:\\d+)");
    private static final int SECONDS = 60;
    private static final String LIST = "classes.lst";

    private final Path image;
    private final Path folder;
    private final Set<String> classes = new LinkedHashSet<>();

    private CommandTraining(Path image, Path folder) {
        this.image = image;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path image = Path.of(args[0]).toAbsolutePath();
        Path archive = image.resolve("lib/tinysse-client.jsa");
        Files.deleteIfExists(archive);
        Path folder = Files.createTempDirectory("tinysse-training");
        CommandTraining training = new CommandTraining(image, folder);
        try {
            training.runAll();
            Path list = Files.write(folder.resolve(LIST), training.classes);
            Path made = folder.resolve(archive.getFileName());
            training.run("-Xshare:dump -XX:+AOTClassLinking -XX:SharedClassListFile=" + LIST + " -XX:SharedArchiveFile="
                    + made.getFileName(), List.of("pub"));
            Files.delete(list);
            Files.move(made, archive);
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private void runAll() throws Exception {
        Process server = builder("", List.of("--listen", "127.0.0.1:0", "--channels", "--history", "100"))
                .redirectErrorStream(true).start();
        try {
            CompletableFuture<String> address = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                server.inputReader().lines().flatMap(line -> LISTENING.matcher(line).results())
                        .forEach(found -> address.complete(found.group(1)));
                address.completeExceptionally(new IllegalStateException("the server ended before it listened"));
            });
            String url = "http://" + address.get();
            Path token = Files.writeString(folder.resolve("token"), "a-token");
            Path lines = Files.writeString(folder.resolve("lines"), "one\ntwo\nthree\n");
            train("pub", url, "--data", "hello", "--token-file", token.toString());
            train("pub", url, "--channel", "news", "--lines", "--rate", "1000", "--file", lines.toString());
            train("sub", url, "--channel", "news", "--since", "all", "--json", "--count", "2", "--state",
                    folder.resolve("state").toString(), "--token-file", token.toString());
            train("sub", url, "--since", "all", "--count", "1");
            train("bench", url, "--subs", "2", "--rate", "20", "--duration", "1s", "--json");
        } finally {
            server.toHandle().destroy(); // unlike Process.destroy() it leaves the pipe open
            server.waitFor();
        }
    }

    /** Runs a command, and takes what it has loaded. */
    private void train(String... command) throws Exception {
        run("-XX:DumpLoadedClassList=" + LIST, List.of(command));
        for (String line : Files.readAllLines(folder.resolve(LIST))) {
            if (!line.startsWith("#")) {
                classes.add(line.replaceFirst(" id: \\d+$", "")); // numbers of one run mean nothing in another
            }
        }
    }

    private void run(String options, List<String> command) throws Exception {
        Path output = folder.resolve("output");
        Process process = builder(options, command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " failed in the training: " + Files.readString(output));
        }
    }

    /** In the folder, so that options need no path, which may have spaces. */
    private ProcessBuilder builder(String options, List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(image.resolve("bin/tinysse").toString()).directory(folder.toFile());
        builder.command().addAll(arguments);
        builder.environment().keySet().removeIf(name -> name.startsWith("TINYSSE_"));
        builder.environment().put("JAVA_OPTS", options);
        return builder;
    }
}
