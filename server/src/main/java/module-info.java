/**
 * The server: command line, HTTP, event streams.
 */
module dev.tinysse.server {
    requires com.nimbusds.jose.jwt;
    requires dev.tinysse.broker;
    requires info.picocli;
    requires io.helidon.common;
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.context;
    requires io.helidon.common.media.type;
    requires io.helidon.common.socket;
    requires io.helidon.http.encoding;
    requires io.helidon.http.media;
    requires io.helidon.http.sse;
    requires io.helidon.config;
    requires io.helidon.config.yaml;
    requires io.helidon.http;
    requires io.helidon.service.registry;
    requires transitive io.helidon.webserver;
    requires io.helidon.webserver.sse;
    requires jakarta.json;
    requires java.logging;
    requires java.net.http;
    requires jdk.unsupported;
    requires org.bouncycastle.provider;
    requires org.yaml.snakeyaml;

    exports dev.tinysse.server.spi;

    // the platform makes the log manager by its name
    exports dev.tinysse.server.logging to java.logging;

    provides System.LoggerFinder with dev.tinysse.server.logging.LogFinder;

    provides io.helidon.webserver.http.spi.SinkProvider with dev.tinysse.server.sse.EventStreamSinkProvider;

    provides dev.tinysse.api.Command with dev.tinysse.server.access.command.TokenCommand,
            dev.tinysse.server.access.command.ApiKeyCommand;

    uses dev.tinysse.api.Command;
    uses dev.tinysse.api.HookProvider;
    uses dev.tinysse.broker.figures.MetricsFormat;
    uses dev.tinysse.broker.log.EventLogProvider;
    uses dev.tinysse.broker.tracing.TracerProvider;
    uses dev.tinysse.server.spi.DurableStreamsProvider;
}
