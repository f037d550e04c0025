package dev.tinysse.history;

import dev.tinysse.api.Refusal;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.ResultsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the key of a request stands in a record, before the messages that it is for. It is valid only together with all of them.
 *
 * @param key of the request
 * @param results of its publications, encoded; not changed any more
 * @param messages how many records follow
 */
record KeyRecord(PublishKey key, byte[] results, int messages) {
    private static final Pattern LINE = Pattern.compile(
            "\\{\"queued\":(\\d{1,9}),\"subscribers\":(\\d{1,9})(?:,\"id\":\"([^\"\\\\]*)\")?\\}|\\{\"error\":\"([^\"\\\\]*)\"\\}");

    void put(ByteSink to) {
        to.putCount(messages);
        to.putText(key.name());
        to.putText(key.digest());
        to.putCount(results.length);
        to.put(results, 0, results.length);
    }

    static KeyRecord get(byte[] bytes, int from) {
        ByteSource source = new ByteSource(bytes, from);
        int messages = source.getCount();
        PublishKey key = new PublishKey(source.getText(), source.getText());
        return new KeyRecord(key, source.getBytes(source.getCount()), messages);
    }

    /** {@return a record of the first format, which has the response as a text; empty if that has an escape, as few have} */
    static Optional<KeyRecord> getText(byte[] bytes, int from) {
        ByteSource source = new ByteSource(bytes, from);
        int messages = source.getCount();
        PublishKey key = PublishKey.of(source.getText(), source.getText(), source.getText());
        String response = source.getText();
        List<PublishResult> results = new ArrayList<>();
        for (String line : response.substring(response.indexOf("\n\n") + 2).lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            results.add(matcher.group(4) != null
                    ? new PublishResult.Rejected(Refusal.of(Refusal.DEFAULT.status(), matcher.group(4)))
                    : new PublishResult.Accepted(Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)), Optional.ofNullable(matcher.group(3))));
        }
        return Optional.of(new KeyRecord(key, ResultsCodec.encode(results), messages));
    }
}
