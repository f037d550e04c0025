package dev.tinysse.client.sub;

import dev.tinysse.client.sse.Event;
import dev.tinysse.client.sse.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prints events: the text of each, or all of it as a line of JSON. All events of a batch are one write.
 *
 * @param out standard output
 * @param json whether to print JSON
 */
record OutputSink(OutputStream out, boolean json) implements Sink {
    private static final int BATCH = 1000;

    @Override
    public boolean takes(Event event) {
        return json || event.data().isPresent() && !event.isGap();
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public void handOn(List<Event> events) throws IOException {
        out.write(bytes(events));
    }

    @Override
    public byte[] bytes(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(json ? EventJson.of(event) : event.data().orElse("")).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
