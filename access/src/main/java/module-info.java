/**
 * Authentication and authorization: tokens (JWT) and API keys, and the commands that make them. The server loads it only with keys.
 */
module dev.tinysse.access {
    requires com.nimbusds.jose.jwt;
    requires dev.tinysse.cli;
    requires dev.tinysse.server;
    requires io.helidon.http;
    requires io.helidon.webserver;
    requires java.net.http;
    requires org.bouncycastle.provider;

    provides dev.tinysse.api.Command
            with dev.tinysse.access.command.TokenCommand, dev.tinysse.access.command.ApiKeyCommand;

    provides dev.tinysse.server.access.AccessProvider with dev.tinysse.access.KeyAccessProvider;
}
