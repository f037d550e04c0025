/**
 * The API of Tiny SSE for hook providers: messages, publications, subscriptions and the hooks that decide about them.
 */
module dev.tinysse.api {
    requires static org.jspecify;

    exports dev.tinysse.api;
    exports dev.tinysse.api.internal;
}
