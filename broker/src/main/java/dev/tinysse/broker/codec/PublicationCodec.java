package dev.tinysse.broker.codec;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A publication as bytes: its channel and id first, then the rest of the message, its stored attributes, and the request. */
public final class PublicationCodec {
    private static final int OWN_ID = 1;
    private static final int EVENT = 2;
    private static final int DATA = 4;
    private static final int ATTRIBUTES = 8;

    private PublicationCodec() {}

    /**
     * The begin of what was written.
     *
     * @param channel its name
     * @param id of the message, perhaps empty
     * @param ownId whether the publisher chose the id
     */
    public record Begin(String channel, String id, boolean ownId) {}

    /**
     * The decoded publication.
     *
     * @param publication without attributes
     * @param attributes those that are stored
     * @param ownId whether the publisher chose the id
     */
    public record Decoded(Publication publication, Optional<String> attributes, boolean ownId) {}

    /**
     * Writes a publication.
     *
     * @param publication a message without an id is written with an empty one
     * @param attributes those to store
     * @param ownId whether the publisher chose the id
     */
    public static void put(ByteSink to, Publication publication, Optional<String> attributes, boolean ownId) {
        Message message = publication.message();
        to.putByte((ownId ? OWN_ID : 0) | (message.event().isPresent() ? EVENT : 0)
                | (message.data().isPresent() ? DATA : 0) | (attributes.isPresent() ? ATTRIBUTES : 0));
        to.putText(publication.channel());
        to.putText(message.id().orElse(""));
        message.event().ifPresent(to::putText);
        message.data().ifPresent(to::putText);
        to.putCount(message.comments().size());
        message.comments().forEach(to::putText);
        attributes.ifPresent(to::putText);
        putRequest(to, publication.request());
    }

    /** Writes a request, without its claims. */
    public static void putRequest(ByteSink to, Request request) {
        to.putText(request.method());
        to.putText(request.uri());
        to.putText(request.path());
        to.putText(request.query());
        to.putText(request.ip());
        to.putCount(request.port());
        to.putCount(request.headers().size());
        request.headers().forEach((name, value) -> {
            to.putText(name);
            to.putText(value);
        });
    }

    /** Reads the begin alone. */
    public static Begin begin(ByteSource source) {
        int flags = source.getByte();
        return new Begin(source.getText(), source.getText(), (flags & OWN_ID) != 0);
    }

    /**
     * Reads a publication.
     *
     * @param bytes with a publication in them
     * @param from where it begins
     * @param to where it ends
     * @param requests of the publications before
     */
    public static Decoded get(byte[] bytes, int from, int to, RequestCache requests) {
        ByteSource source = new ByteSource(bytes, from);
        int flags = source.getByte();
        String channel = source.getText();
        Message.Builder message = Message.builder();
        String id = source.getText();
        if ((flags & OWN_ID) != 0 || !id.isEmpty()) {
            message.id(id);
        }
        if ((flags & EVENT) != 0) {
            message.event(source.getText());
        }
        if ((flags & DATA) != 0) {
            message.data(source.getText());
        }
        int comments = source.getCount();
        if (comments > 0) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < comments; i++) {
                texts.add(source.getText());
            }
            message.comments(texts);
        }
        Optional<String> attributes = source.getText((flags & ATTRIBUTES) != 0);
        Request request = requests.get(bytes, source.at(), to);
        return new Decoded(Publication.of(request, message.build()).withChannel(channel), attributes,
                (flags & OWN_ID) != 0);
    }
}
