package dev.tinysse.server;

import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.tls.CertificateWatch;
import dev.tinysse.server.tls.Certificates;
import dev.tinysse.server.tls.TlsFileException;
import java.nio.file.Path;

/** Reads and watches the certificate of a server that has one. Apart from {@link Server}, so that others load nothing of TLS. */
final class CertificateSetup {
    private CertificateSetup() {}

    static Certificates load(Settings.Tls tls) throws StartException {
        try {
            return new Certificates(Path.of(tls.cert().orElseThrow()), Path.of(tls.key().orElseThrow()));
        } catch (TlsFileException e) {
            throw new StartException(e.getMessage());
        }
    }

    /** Reads the files again when they change, and when SIGHUP comes. What ends that. */
    static Runnable watch(Certificates certificates, HangUps hangUps) {
        CertificateWatch watch = new CertificateWatch(certificates);
        hangUps.add(watch::lookNow);
        return watch::close;
    }
}
