package dev.tinysse.server.settings;

import java.util.List;

/**
 * Options that belong together in the help and the documentation.
 *
 * @param topic the word after {@code tinysse help}
 * @param title the heading
 * @param options in the order of the help
 */
record OptionGroup(String topic, String title, List<Option<?>> options) {
    OptionGroup(String topic, String title, Option<?>... options) {
        this(topic, title, List.of(options));
    }
}
