/**
 * The server: command line, HTTP, event streams.
 */
@SuppressWarnings("module") // the modules that packages are exported to are compiled later
module dev.tinysse.server {
    requires dev.tinysse.broker;
    requires dev.tinysse.cli;
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
    requires io.helidon.webserver;
    requires io.helidon.webserver.sse;
    requires jakarta.json;
    requires java.logging;
    requires jdk.unsupported;
    requires org.yaml.snakeyaml;

    exports dev.tinysse.server.access to dev.tinysse.access;
    exports dev.tinysse.server.admin to dev.tinysse.admin;
    exports dev.tinysse.server.component to dev.tinysse.access, dev.tinysse.admin;
    // the platform makes the log manager by its name
    exports dev.tinysse.server.logging to dev.tinysse.admin, java.logging;
    exports dev.tinysse.server.pem to dev.tinysse.access;
    exports dev.tinysse.server.requests to dev.tinysse.admin;
    exports dev.tinysse.server.rights to dev.tinysse.access;
    exports dev.tinysse.server.routing to dev.tinysse.access, dev.tinysse.admin;
    exports dev.tinysse.server.settings to dev.tinysse.access, dev.tinysse.admin;
    exports dev.tinysse.server.sockets to dev.tinysse.admin;
    exports dev.tinysse.server.sse to dev.tinysse.admin;

    provides System.LoggerFinder with dev.tinysse.server.logging.LogFinder;

    provides io.helidon.webserver.http.spi.SinkProvider with dev.tinysse.server.sse.EventStreamSinkProvider;

    uses dev.tinysse.api.Command;
    uses dev.tinysse.api.HookProvider;
    uses dev.tinysse.broker.log.EventLogProvider;
    uses dev.tinysse.broker.tracing.TracerProvider;
    uses dev.tinysse.server.access.AccessProvider;
    uses dev.tinysse.server.admin.AdminProvider;
}
