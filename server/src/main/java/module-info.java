/**
 * The server: command line, HTTP, event streams.
 */
module dev.tinysse.server {
    requires dev.tinysse.broker;
    requires info.picocli;
    requires io.helidon.config;
    requires io.helidon.config.yaml;
    requires io.helidon.http;
    requires io.helidon.webserver;
    requires io.helidon.webserver.sse;
    requires jakarta.json;
    requires java.logging;
    requires org.yaml.snakeyaml;

    // the platform makes the log manager by its name
    exports dev.tinysse.server.logging to java.logging;

    uses dev.tinysse.api.HookProvider;
}
