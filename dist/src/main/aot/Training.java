import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the image's AOT cache: starts the image's launcher while there is no cache, does what clients do, and stops the
 * server, upon which the JVM writes down the classes it has loaded and the methods that were hot. The build runs it as
 * {@code java Training.java IMAGE SCRIPT}; any response that is not as expected fails the build.
 */
final class Training {

    private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.0\\.0\\.1:\\d+)");
    private static final int STREAMS = 50;
    private static final int MESSAGES = 500;
    private static final int KEPT = 10_000;
    private static final int MESSAGES_PER_REQUEST = 100;
    private static final int RETURNS = 20;
    private static final int SECONDS_TO_STOP = 120; // the JVM writes the cache before it ends
    private static final int SECONDS_TO_RELOAD = 30;
    private static final int POLL_MILLIS = 10;
    private static final String LAST = "the last message of ";
    private static final String MESSAGE_HOOK = """

            function message(pub, sub)
              if pub.room == sub.room.name and (sub.user.name or pub.msg.data) then return pub end
            end
            """;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> log;
    private final URI server;

    private Training(URI server, List<String> log) {
        this.server = server;
        this.log = log;
    }

    public static void main(String[] args) throws Exception {
        Path image = Path.of(args[0]).toAbsolutePath();
        Path cache = image.resolve("lib/tinysse.aot");
        Path site = Files.createTempDirectory("tinysse-training");
        Files.writeString(site.resolve("index.html"), "<p>Hello</p>");
        Path script = Files.copy(Path.of(args[1]), site.resolve("training.lua"));
        Process process = start(image, cache, script);
        List<String> output = new CopyOnWriteArrayList<>();
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = Thread.startVirtualThread(() -> {
            process.inputReader().lines().peek(output::add).flatMap(line -> LISTENING.matcher(line).results())
                    .forEach(found -> address.complete(found.group(1)));
            address.completeExceptionally(new IllegalStateException("the server ended before it listened"));
        });
        try {
            Training training = new Training(URI.create("http://" + address.get()), output);
            training.visit("the script without message");
            Files.writeString(script, MESSAGE_HOOK, StandardOpenOption.APPEND);
            training.awaitReload();
            training.visit("the script with message");
            process.toHandle().destroy(); // unlike Process.destroy() it leaves the pipes open
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("the server did not stop as it should: " + process);
            }
            if (output.stream().anyMatch(line -> line.contains(" ERROR "))) {
                throw new IllegalStateException("the server or the script failed in the training");
            }
            if (!Files.exists(cache)) {
                throw new IllegalStateException("the JVM wrote no AOT cache: " + cache);
            }
        } catch (Exception e) {
            process.toHandle().destroyForcibly();
            reader.join();
            output.forEach(System.err::println);
            throw e;
        } finally {
            delete(site);
        }
    }

    private static Process start(Path image, Path cache, Path script) throws IOException {
        Files.deleteIfExists(cache);
        ProcessBuilder builder = new ProcessBuilder(image.resolve("bin/tinysse").toString(), "--listen", "127.0.0.1:0",
                "--serve-static-dir", script.getParent().toString(), "--keep-alive", "100ms", "--timeout", "1h",
                "--script", script.toString(), "--script-tick", "100ms", "--watch-script", "--channels",
                "--history", String.valueOf(KEPT), "--data-dir", script.resolveSibling("history").toString())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TINYSSE_"));
        builder.environment().put("JAVA_OPTS", "-XX:AOTCacheOutput=" + cache.getFileName());
        builder.directory(cache.getParent().toFile()); // so that the option needs no path, which may have spaces
        return builder.start();
    }

    private void visit(String name) throws Exception {
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            HttpResponse<Stream<String>> stream = client.send(to("/sse").header("Last-Event-ID", "7").build(),
                    BodyHandlers.ofLines());
            expect(200, stream);
            readers.add(Thread.startVirtualThread(() -> stream.body().anyMatch(line -> line.endsWith(LAST + name))));
        }
        for (int i = 0; i < MESSAGES; i++) {
            publish("application/json", "{\"id\":\"%d\",\"event\":\"e\",\"data\":\"a\\nb\"}".formatted(i), 202);
            publish("application/x-www-form-urlencoded", "id=%d&data=a+form&comment=yes".formatted(i), 202);
        }
        around();
        comeBack(name);
        publish("application/json", "{\"data\":\"" + LAST + name + "\"}", 202);
        for (Thread reader : readers) {
            reader.join();
        }
    }

    private void awaitReload() throws InterruptedException {
        for (int waited = 0; log.stream().noneMatch(line -> line.contains("Reloaded")); waited += POLL_MILLIS) {
            if (waited > SECONDS_TO_RELOAD * 1000) {
                throw new IllegalStateException("the script was not reloaded");
            }
            Thread.sleep(POLL_MILLIS); // the log is all that tells
        }
    }

    /** Rare requests: files, health, preflights, mistakes. */
    private void around() throws Exception {
        expect(200, client.send(to("/").build(), BodyHandlers.ofString()));
        expect(200, client.send(to("/healthz").build(), BodyHandlers.ofString()));
        expect(404, client.send(to("/nowhere").build(), BodyHandlers.ofString()));
        expect(200, client.send(to("/sse").HEAD().build(), BodyHandlers.ofString()));
        HttpRequest preflight = to("/sse").method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://localhost").header("Access-Control-Request-Method", "POST").build();
        expect(200, client.send(preflight, BodyHandlers.ofString()));
        HttpRequest asking = to("/sse").header("Content-Type", "application/json").header("X-Ask-The-Server", "yes")
                .POST(BodyPublishers.ofString("{\"data\":\"asking\"}")).build();
        expect(202, client.send(asking, BodyHandlers.ofString()));
        publish("application/json", "{\"data\":", 400);
        publish("text/plain", "hello", 415);
    }

    /** Clients that return to a full history. */
    private void comeBack(String name) throws Exception {
        String some = "{\"channel\":\"stored\",\"data\":\"a message\"}\n".repeat(MESSAGES_PER_REQUEST);
        for (int i = 0; i < KEPT / MESSAGES_PER_REQUEST; i++) {
            publish("application/x-ndjson", some, 202);
        }
        publish("application/json", "{\"channel\":\"stored\",\"data\":\"" + LAST + name + "\"}", 202);
        for (int i = 0; i < RETURNS; i++) {
            HttpResponse<Stream<String>> stream = client.send(to("/sse/stored?since=all").build(), BodyHandlers.ofLines());
            expect(200, stream);
            try (Stream<String> lines = stream.body()) {
                lines.anyMatch(line -> line.endsWith(LAST + name));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void publish(String type, String body, int status) throws Exception {
        expect(status, client.send(to("/sse").header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString()));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(server.resolve(path));
    }

    private static void expect(int status, HttpResponse<?> response) {
        if (response.statusCode() != status) {
            throw new IllegalStateException("expected status %d: %s".formatted(status, response));
        }
    }
}
