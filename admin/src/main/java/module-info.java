/**
 * The admin API and the console. The server loads it only with {@code --admin-listen}.
 */
module dev.tinysse.admin {
    requires dev.tinysse.broker;
    requires dev.tinysse.server;
    requires io.helidon.http;
    requires io.helidon.http.sse;
    requires io.helidon.webserver;

    uses dev.tinysse.broker.figures.MetricsFormat;

    provides dev.tinysse.server.admin.AdminProvider with dev.tinysse.admin.AdminApiProvider;
}
