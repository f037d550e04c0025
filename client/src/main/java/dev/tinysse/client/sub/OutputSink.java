package dev.tinysse.client.sub;

import dev.tinysse.cli.Shown;
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
 * @param terminal whether a terminal would obey control characters, so that they are escaped
 */
record OutputSink(OutputStream out, boolean json, boolean terminal) implements Sink {
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
        for (Event event : events) {
            String shown = json ? EventJson.of(event) : event.data().orElse("");
            text.append(terminal ? Shown.lines(shown) : shown).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
