package dev.tinysse.access.keys;

import dev.tinysse.server.pem.PemException;
import java.util.List;

/** Where keys come from. */
interface KeySource {
    /**
     * Reads them, and may wait for that.
     *
     * @throws PemException if they cannot be read; the text says why
     */
    List<VerificationKey> read() throws PemException, InterruptedException;
}
