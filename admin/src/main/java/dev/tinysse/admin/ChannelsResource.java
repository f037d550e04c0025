package dev.tinysse.admin;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.internal.Json;
import dev.tinysse.broker.admin.ChannelInfo;
import dev.tinysse.broker.admin.ChannelPage;
import dev.tinysse.broker.admin.ChannelQuery;
import dev.tinysse.broker.admin.StreamDirectory;
import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.Retention;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists channels, and forgets their history. Safe for any thread.
 *
 * @param directory knows them
 * @param history of all channels
 * @param channels whether there are others than the default one
 */
record ChannelsResource(StreamDirectory directory, Retention history, boolean channels) {
    void addTo(Router router) {
        router.add(Route.at(Route.OTHER, "/channels").get((JsonResource) this::list));
        router.add(Route.between("/channels/", "").get((JsonResource) this::one));
        router.add(Route.between("/channels/", "/history").delete((JsonResource) this::forget));
    }

    private String list(ServerRequest request) throws BadRequestException, LogException {
        Parameters parameters = Parameters.of(request, Set.of("prefix", "after", "limit"));
        Optional<String> after = parameters.after(name -> Optional.of(name).filter(ChannelName::isName));
        String prefix = parameters.query().single("prefix").orElse("");
        ChannelPage page = directory
                .channels(new ChannelQuery(prefix, after, parameters.limit(ChannelQuery.MAX_LIMIT)));
        return new Json()
                .raw("channels", Json.array(page.channels().stream().map(channel -> json(channel).toString()).toList()))
                .add("next", page.next()).toString();
    }

    private String one(ServerRequest request) throws BadRequestException, LogException {
        Parameters.of(request, Set.of());
        String name = name(request);
        List<String> present = directory.present(name).stream()
                .map(user -> new Json().add("sub", user.sub()).add("streams", user.streams()).toString()).toList();
        return json(directory.channel(name)).raw("present", Json.array(present)).toString();
    }

    private String forget(ServerRequest request) throws BadRequestException, LogException {
        Parameters.of(request, Set.of());
        String name = name(request);
        return new Json().add("forgotten", history.forget(name)).toString();
    }

    private String name(ServerRequest request) throws BadRequestException {
        String name = Parameters.segment(request);
        if (!ChannelName.isName(name)) {
            throw new BadRequestException("channel must be a name: channel=" + Responses.shown(name));
        }
        if (!channels && !name.equals(ChannelName.DEFAULT)) {
            throw new BadRequestException(Status.NOT_FOUND_404,
                    "there are no channels without --channels: channel=" + name);
        }
        return name;
    }

    private static Json json(ChannelInfo channel) {
        return new Json().add("name", channel.name()).add("streams", channel.streams())
                .add("messages", channel.history().map(ChannelHistory::messages).orElse(0L))
                .add("bytes", channel.history().map(ChannelHistory::bytes).orElse(0L))
                .add("published", channel.published())
                .add("delivered", channel.delivered()).add("oldest", channel.history().map(ChannelHistory::oldest))
                .add("newest", channel.history().map(ChannelHistory::newest));
    }
}
