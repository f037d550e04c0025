/**
 * The event log and the fan-out: what is published, a ring of encoded messages for each set of channels, and the threads that write.
 * Knows channels and bytes, nothing of HTTP.
 */
module dev.tinysse.broker {
    requires transitive dev.tinysse.api;
    requires static org.jspecify;

    exports dev.tinysse.broker;
    exports dev.tinysse.broker.admin;
    exports dev.tinysse.broker.codec;
    exports dev.tinysse.broker.figures;
    exports dev.tinysse.broker.hooks;
    exports dev.tinysse.broker.log;
    exports dev.tinysse.broker.log.memory;
    exports dev.tinysse.broker.presence;
    exports dev.tinysse.broker.progress;
    exports dev.tinysse.broker.stream;
    exports dev.tinysse.broker.tracing;
}
