package dev.tinysse.streams.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The last append of each producer of a stream. For one thread at a time. */
final class Producers {
    /** Bytes that one takes besides its name. */
    static final int OVERHEAD = 120;

    private final Map<String, Producer> last = new HashMap<>();

    Optional<Producer> find(String id) {
        return Optional.ofNullable(last.get(id));
    }

    void accept(Producer producer) {
        last.put(producer.id(), producer);
    }
}
