package dev.tinysse.admin;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.internal.Json;
import dev.tinysse.broker.admin.StreamDirectory;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamInfo;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.Set;

/** Lists and ends streams. Safe for any thread. */
record StreamsResource(StreamDirectory directory) {
    private static final String RETRY = "retry";

    void addTo(Router router) {
        router.add(Route.at(Route.OTHER, "/streams").get((JsonResource) this::list)
                .delete((JsonResource) this::endSome));
        router.add(Route.between("/streams/", "").get((JsonResource) this::one).delete((JsonResource) this::endOne));
    }

    private String list(ServerRequest request) throws BadRequestException {
        Parameters parameters = Parameters.of(request, Set.of("channel", "sub", "after", "limit"));
        StreamPage page = directory.streams(new StreamQuery(filter(parameters), parameters.after(StreamId::parse),
                parameters.limit(StreamQuery.MAX_LIMIT)));
        return new Json().raw("streams", Json.array(page.streams().stream().map(StreamsResource::json).toList()))
                .add("next", page.next().map(StreamId::toString)).toString();
    }

    private String one(ServerRequest request) throws BadRequestException {
        Parameters.of(request, Set.of());
        StreamId id = id(request);
        return directory.streams(new StreamQuery(StreamFilter.of(id), Optional.empty(), 1)).streams().stream()
                .findFirst().map(StreamsResource::json).orElseThrow(() -> notThere(id.toString()));
    }

    private String endOne(ServerRequest request) throws BadRequestException {
        boolean retry = retry(Parameters.of(request, Set.of(RETRY)));
        StreamId id = id(request);
        int ended = directory.end(new StreamEnd(StreamFilter.of(id), retry));
        if (ended == 0) {
            throw notThere(id.toString());
        }
        return new Json().add("ended", ended).toString();
    }

    private String endSome(ServerRequest request) throws BadRequestException {
        Parameters parameters = Parameters.of(request, Set.of("channel", "sub", RETRY));
        StreamFilter filter = filter(parameters);
        if (filter.isAll()) {
            throw new BadRequestException("sub or channel is required, to say which streams are to end");
        }
        return new Json().add("ended", directory.end(new StreamEnd(filter, retry(parameters)))).toString();
    }

    private static StreamFilter filter(Parameters parameters) throws BadRequestException {
        Optional<String> channel = parameters.text("channel");
        if (channel.filter(name -> !ChannelName.isNameOrPattern(name)).isPresent()) {
            throw new BadRequestException(
                    "channel must be a name or pattern: channel=" + Responses.shown(channel.get()));
        }
        return new StreamFilter(Optional.empty(), channel, parameters.text("sub"));
    }

    private static boolean retry(Parameters parameters) throws BadRequestException {
        Optional<String> retry = parameters.text(RETRY);
        if (retry.filter(value -> !value.equals("0")).isPresent()) {
            throw new BadRequestException("retry must be 0 or absent: retry=" + Responses.shown(retry.get()));
        }
        return retry.isEmpty();
    }

    private static StreamId id(ServerRequest request) throws BadRequestException {
        String text = Parameters.segment(request);
        return StreamId.parse(text).orElseThrow(() -> notThere(text));
    }

    private static BadRequestException notThere(String id) {
        return new BadRequestException(Status.NOT_FOUND_404, "there is no such stream: id=" + Responses.shown(id));
    }

    private static String json(StreamInfo stream) {
        return new Json().add("id", stream.id().toString()).add("address", stream.address())
                .add("channels", stream.channels()).add("opened", stream.opened()).add("messages", stream.messages())
                .add("bytes", stream.bytes()).add("behind", stream.behind()).add("lost", stream.lost())
                .add("sub", stream.sub()).add("node", stream.node()).toString();
    }
}
