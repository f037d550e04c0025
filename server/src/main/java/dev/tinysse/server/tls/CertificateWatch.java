package dev.tinysse.server.tls;

import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.Reloadable;
import dev.tinysse.server.component.ServiceLoop;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.pem.PemException;
import java.nio.file.Path;
import java.time.Duration;

/** Looks at the files of a certificate again and again, on a thread of its own. Any thread may call it. */
public final class CertificateWatch implements Component, Reloadable {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** Certificate and key are two files, and one of them is written first. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final Certificates certificates;
    private final Thread thread = Thread.ofVirtual().name("tinysse-certificates").unstarted(this::run);
    private volatile boolean closed;

    private CertificateWatch(Certificates certificates) {
        this.certificates = certificates;
    }

    /**
     * Reads a certificate.
     *
     * @param cert file with the certificate and its chain
     * @param key file with the private key
     * @throws StartException if they cannot be used
     */
    public static CertificateWatch open(Path cert, Path key) throws StartException {
        try {
            return new CertificateWatch(new Certificates(cert, key));
        } catch (PemException e) {
            throw new StartException(e.getMessage());
        }
    }

    /** {@return the certificates as the files were at the last look} */
    public Certificates certificates() {
        return certificates;
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        ServiceLoop.run("certificates", () -> !closed, () -> {
            Thread.sleep(PAUSE);
            look();
        });
    }

    private void look() throws InterruptedException {
        if (!certificates.look(false)) {
            Thread.sleep(SECOND_LOOK);
            certificates.look(true);
        }
    }

    @Override
    public void reload() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop(Deadline deadline) {
        closed = true;
        thread.interrupt();
    }
}
