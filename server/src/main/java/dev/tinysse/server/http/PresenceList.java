package dev.tinysse.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Decision;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Subscription;
import dev.tinysse.api.internal.Json;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.presence.Presence;
import dev.tinysse.broker.presence.PresentUser;
import dev.tinysse.server.routing.Responses;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/**
 * Responds with the present users of a channel, to clients that are permitted to subscribe to it: the {@code subscribe} hook is asked as for a stream, and
 * {@code unsubscribe} follows at once.
 */
final class PresenceList {
    private PresenceList() {}

    /** Sets the headers of the list. */
    static void describe(ServerResponseHeaders headers) {
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        headers.set(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
    }

    /**
     * Sends the list, or the refusal.
     *
     * @param channel name of the channel
     * @param asked who asks
     * @param hooks have to accept
     * @param presence knows who is there
     */
    static void send(ServerRequest request, ServerResponse response, String channel, Subscription asked,
            HookCalls hooks, Presence presence) {
        Decision<Subscription> decision;
        try {
            decision = hooks.subscribe(asked);
        } catch (HookException e) {
            Responses.error(response, Status.INTERNAL_SERVER_ERROR_500, e.getMessage());
            return;
        }
        switch (decision) {
            case Decision.Accepted(Subscription accepted) -> {
                hooks.unsubscribe(accepted);
                send(response, channel, accepted, presence);
            }
            case Decision.Refused(Refusal refusal) ->
                Responses.refusal(request, response, refusal, "subscribe rejected by script");
        }
    }

    private static void send(ServerResponse response, String channel, Subscription accepted, Presence presence) {
        if (!ChannelSet.of(accepted.channels()).contains(channel)) {
            Responses.error(response, Status.FORBIDDEN_403, "channel not accepted by script: channel=" + channel);
            return;
        }
        describe(response.headers());
        response.send(json(channel, presence.list(channel)).getBytes(UTF_8));
    }

    private static String json(String channel, List<PresentUser> users) {
        List<String> present = users.stream()
                .map(user -> new Json().add("sub", user.sub()).add("streams", user.streams()).toString()).toList();
        return new Json().add("channel", channel).raw("present", Json.array(present)).toString();
    }
}
