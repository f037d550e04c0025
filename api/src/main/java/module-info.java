/**
 * What a hook provider sees of Tiny SSE: messages, publications, subscriptions and the hooks that decide about them.
 */
module dev.tinysse.api {
    exports dev.tinysse.api;
    exports dev.tinysse.api.internal;
}
