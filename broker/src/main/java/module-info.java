/**
 * The queue and the fan-out: one ring of encoded messages, a cursor per stream, and the threads that write. Knows
 * channels and bytes, nothing of HTTP.
 */
module dev.tinysse.broker {
    requires transitive dev.tinysse.api;

    exports dev.tinysse.broker;
    exports dev.tinysse.broker.hooks;
    exports dev.tinysse.broker.log;
    exports dev.tinysse.broker.stream;
}
