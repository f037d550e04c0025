package dev.tinysse.server.http;

import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.publish.PublishRequest;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.access.Caller;
import dev.tinysse.server.body.MessageBody;
import dev.tinysse.server.body.MessageLines;
import dev.tinysse.server.body.PostedMessage;
import dev.tinysse.server.routing.BadRequestException;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what was posted: one message or many, for which channels, and whether only once. Safe for any thread.
 *
 * @param channels those that a request names, with their path
 * @param features what is known at all
 * @param callers who sends requests, and which hooks may want to know of them
 */
record PublishRequests(RequestedChannels channels, Features features, Callers callers) {

    /** Whether bodies of a media type are read, which is in lower case and without parameters. */
    boolean takes(String mediaType) {
        return MessageBody.of(mediaType).isPresent() || features.any() && mediaType.equals(MessageLines.MEDIA_TYPE);
    }

    /**
     * Reads a body.
     *
     * @param mediaType one that is taken
     * @param caller who sends it, where that is asked
     * @throws BadRequestException if anything is wrong with it, or with what the request names
     * @throws AccessDeniedException if the caller may not publish all of it
     */
    PublishRequest read(ServerRequest request, String mediaType, byte[] body, Optional<Caller> caller)
            throws BadRequestException, AccessDeniedException {
        callers.logOthers(request, features.channels() ? Set.of("channel") : Set.of());
        Optional<String> channel = features.channels() ? channels.ofPublisher(request) : Optional.empty();
        Request told = callers.hooks().any() || features.leaves()
                ? callers.told(request, caller)
                : Request.NONE;
        Optional<String> key = features.any() ? IdempotencyKey.of(request) : Optional.empty();
        Optional<MessageBody> single = MessageBody.of(mediaType);
        List<Publication> publications = single.isPresent()
                ? List.of(publication(told, channel, single.get().read(body, features.channels())))
                : MessageLines.read(body, line -> publication(told, channel,
                        MessageBody.JSON.read(line, features.channels())));
        Callers.require(caller, publications);
        return new PublishRequest(publications, single.isEmpty(), key.map(present -> PublishKey.of(
                IdempotencyKey.scope(callers.owner(caller),
                        single.isPresent() ? Optional.of(publications.getFirst().channel()) : channel),
                present, IdempotencyKey.digest(mediaType, body))));
    }

    private static Publication publication(Request request, Optional<String> channel, PostedMessage posted)
            throws BadRequestException {
        Publication publication = Publication.of(request, posted.message());
        Optional<String> named = posted.channel().isPresent()
                ? Optional.of(RequestedChannels.same(channel, posted.channel().get()))
                : channel;
        return named.isPresent() ? publication.withChannel(named.get()) : publication;
    }
}
