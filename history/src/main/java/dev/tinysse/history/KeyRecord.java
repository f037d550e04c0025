package dev.tinysse.history;

import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import dev.tinysse.broker.log.PublishKey;

/**
 * How the key of a request stands in a record, before the messages that it is for. Whoever reads it believes it only with all of them.
 *
 * @param channel of the request
 * @param key of the request
 * @param digest of its content
 * @param response what the publisher is told
 * @param messages how many records follow
 */
record KeyRecord(String channel, String key, String digest, String response, int messages) {
    static void put(ByteSink to, PublishKey key, String response, int messages) {
        new KeyRecord(key.channel(), key.key(), key.digest(), response, messages).put(to);
    }

    void put(ByteSink to) {
        to.putCount(messages);
        to.putText(channel);
        to.putText(key);
        to.putText(digest);
        to.putText(response);
    }

    static KeyRecord get(byte[] bytes, int from) {
        ByteSource source = new ByteSource(bytes, from);
        int messages = source.getCount();
        return new KeyRecord(source.getText(), source.getText(), source.getText(), source.getText(), messages);
    }
}
