package dev.tinysse.broker.figures;

import java.util.List;

/** Writes metrics in the format of a collector, with those of the virtual machine. Found by {@link java.util.ServiceLoader}; safe for any thread. */
public interface MetricsFormat {
    /**
     * A response.
     *
     * @param contentType its media type
     * @param body its bytes
     */
    record Page(String contentType, byte[] body) {}

    /**
     * Writes metrics.
     *
     * @param figures of the server
     * @param accept what the collector wants, as in an {@code Accept} header; may be empty
     * @return the response
     */
    Page write(List<Figure> figures, String accept);
}
