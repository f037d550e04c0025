package dev.tinysse.server.tls;

import dev.tinysse.server.loop.ServiceLoop;
import java.time.Duration;

/** Looks at the files of a certificate again and again, on a thread of its own. Any thread may call it. */
public final class CertificateWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** Certificate and key are two files, and one of them is written first. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final Certificates certificates;
    private final Thread thread = Thread.ofVirtual().name("tinysse-certificates").unstarted(this::run);
    private volatile boolean closed;

    /** Looks at the files of these certificates from now on. */
    public CertificateWatch(Certificates certificates) {
        this.certificates = certificates;
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

    /** Looks at once, and returns when that is done. */
    public void lookNow() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
