package dev.tinysse.access.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;

/** Signs with Ed25519 of the JDK, since the library's own signer needs Tink. Immutable; shows nothing of itself. */
final class Ed25519Signer extends BaseJWSProvider implements JWSSigner {
    private final EdECPrivateKey key;

    Ed25519Signer(EdECPrivateKey key) {
        super(Algorithms.ED25519);
        this.key = key;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] signed) throws JOSEException {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(signed);
            return Base64URL.encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new JOSEException("cannot sign", e);
        }
    }
}
