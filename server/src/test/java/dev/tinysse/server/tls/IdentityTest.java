package dev.tinysse.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.server.pem.PemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final Identity.Names NAMES = new Identity.Names("CERT", "KEY");
    private static final TestCertificate EC = TestCertificate.of("EC");

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void shouldReadKeysInPkcs8(String algorithm) throws PemException {
        TestCertificate made = TestCertificate.of(algorithm);
        Identity identity = Identity.read(made.cert(), made.key(), NAMES);
        assertThat(identity.key()).isEqualTo(made.keys().getPrivate());
        assertThat(identity.chain()).singleElement()
                .satisfies(cert -> assertThat(cert.getPublicKey()).isEqualTo(made.keys().getPublic()));
    }

    @ParameterizedTest
    @CsvSource({"RSA, RSA PRIVATE KEY", "EC, EC PRIVATE KEY"})
    void shouldReadKeysInTheOlderForms(String algorithm, String label) throws PemException {
        TestCertificate made = TestCertificate.of(algorithm);
        assertThat(Identity.read(made.cert(), made.oldKey(label), NAMES).key()).isEqualTo(made.keys().getPrivate());
    }

    @Test
    void shouldReadTheWholeChainAndIgnoreWhatStandsAround() throws PemException {
        String chain = "subject=leaf\n" + EC.cert() + "issuer:\n" + TestCertificate.of("RSA").cert();
        String key = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                + EC.oldKey("EC PRIVATE KEY");
        assertThat(Identity.read(chain, key, NAMES).chain()).hasSize(2);
    }

    @Test
    void shouldReadBothOutOfOneFile() throws PemException {
        String both = EC.key() + EC.cert();
        assertThat(Identity.read(both, both, NAMES).chain()).hasSize(1);
    }

    @Test
    void shouldReadWindowsLineBreaks() throws PemException {
        assertThat(Identity.read(EC.cert().replace("\n", "\r\n"), EC.key().replace("\n", "\r\n"), NAMES).chain())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void shouldRefuseAKeyThatDoesNotFit(String algorithm) {
        assertThatThrownBy(() -> Identity.read(EC.cert(), TestCertificate.of(algorithm).key(), NAMES))
                .isInstanceOf(PemException.class).hasMessage("KEY does not fit the first certificate of CERT");
    }

    @Test
    void shouldRefuseAnEncryptedKey() {
        String old = "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                + "-----END EC PRIVATE KEY-----\n";
        String now = TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[]{1, 2, 3});
        for (String key : new String[]{old, now}) {
            assertThatThrownBy(() -> Identity.read(EC.cert(), key, NAMES)).hasMessageStartingWith("KEY is encrypted");
        }
    }

    @Test
    void shouldSayWhatIsMissingOrDamaged() {
        assertThatThrownBy(() -> Identity.read("", EC.key(), NAMES)).hasMessage("CERT has no certificate in PEM");
        assertThatThrownBy(() -> Identity.read(EC.cert(), EC.cert(), NAMES))
                .hasMessage("KEY has no private key in PEM");
        assertThatThrownBy(() -> Identity.read(TestCertificate.pem("CERTIFICATE", new byte[]{1, 2}), EC.key(), NAMES))
                .hasMessageStartingWith("CERT has a certificate that cannot be read");
        assertThatThrownBy(() -> Identity.read("-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n",
                EC.key(), NAMES)).hasMessage("CERT has a block that is not in Base64");
        String damaged = TestCertificate.pem("PRIVATE KEY", new byte[]{1, 2, 3});
        assertThatThrownBy(() -> Identity.read(EC.cert(), damaged, NAMES)).hasMessageStartingWith("KEY does not fit");
    }

    @Test
    void shouldNotShowTheKey() throws PemException {
        assertThat(Identity.read(EC.cert(), EC.key(), NAMES)).hasToString("Identity[CN=localhost]");
    }
}
