package dev.tinysse.access.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;

/**
 * Verifies signatures of Ed25519 with the JDK, since the library's own verifier needs Tink. Safe for any thread.
 */
final class Ed25519Verifier extends BaseJWSProvider implements JWSVerifier {
    private final EdECPublicKey key;

    Ed25519Verifier(EdECPublicKey key) {
        super(Algorithms.ED25519);
        this.key = key;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            throw new JOSEException("no signature of Ed25519", e);
        }
    }
}
