package dev.tinysse.server.admin;

import dev.tinysse.broker.Broker;

/**
 * The server's own figures for the event stream of operators. Safe for any thread.
 *
 * @param broker has them
 */
public record Figures(Broker broker) {
    /** {@return how it is now, as one line of JSON; what is counted, is counted from the start} */
    public String json() {
        return new Json().add("time", System.currentTimeMillis()).add("streams", broker.streams())
                .add("lost", broker.lost()).toString();
    }
}
