package dev.tinysse.admin;

import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Logs browsers in, which send the token once, as everybody else does, and have a cookie from then on. Safe for any thread.
 *
 * @param token that they send
 * @param sessions who is logged in
 */
record LoginResource(OperatorToken token, Sessions sessions) {
    private static final String HTTPS = "https:";
    private static final String RULES = "; HttpOnly; SameSite=Strict; Path=/; Max-Age=";

    void addTo(Router router) {
        router.add(Route.at(Route.OTHER, "/login").withoutToken().post(this::login));
        router.add(Route.at(Route.OTHER, "/logout").post(this::logout));
    }

    private void login(ServerRequest request, ServerResponse response) {
        TokenVerdict verdict = token.verify(request);
        if (!(verdict instanceof TokenVerdict.Valid)) {
            token.refuse(verdict, response);
            return;
        }
        if (token.isRequired()) {
            response.header(HeaderNames.SET_COOKIE,
                    Sessions.cookie(request) + "=" + sessions.begin() + rules(request) + Sessions.AGE.toSeconds());
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    private void logout(ServerRequest request, ServerResponse response) {
        sessions.end(request);
        response.header(HeaderNames.SET_COOKIE, Sessions.cookie(request) + "=" + rules(request) + "0");
        response.status(Status.NO_CONTENT_204).send();
    }

    /** A reverse proxy may speak TLS where the listener does not. */
    private static String rules(ServerRequest request) {
        boolean secure = request.isSecure()
                || request.headers().first(HeaderNames.ORIGIN).filter(origin -> origin.startsWith(HTTPS)).isPresent();
        return (secure ? "; Secure" : "") + RULES;
    }
}
