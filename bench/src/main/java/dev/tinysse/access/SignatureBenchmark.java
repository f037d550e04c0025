package dev.tinysse.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.tinysse.access.keys.KeyFile;
import dev.tinysse.access.keys.VerificationKey;
import dev.tinysse.server.pem.PemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of verifying one signature, as the server does it and as the JDK would. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class SignatureBenchmark {
    private static final Map<String, Kind> KINDS = Map.of(
            "ES256", new Kind("EC", 256, "SHA256withECDSAinP1363Format"),
            "ES384", new Kind("EC", 384, "SHA384withECDSAinP1363Format"),
            "ES512", new Kind("EC", 521, "SHA512withECDSAinP1363Format"),
            "RS256", new Kind("RSA", 2048, "SHA256withRSA"),
            "EdDSA", new Kind("Ed25519", 255, "Ed25519"));

    @Param({"ES256", "ES384", "ES512", "RS256", "EdDSA"})
    private String algorithm;
    private final byte[] signed = "x".repeat(200).getBytes(StandardCharsets.US_ASCII);
    private JWSHeader header;
    private VerificationKey key;
    private Base64URL signature;
    private PublicKey jdkKey;
    private byte[] jdkSignature;

    /** How the JDK names keys and signatures. */
    private record Kind(String keys, int size, String signatures) {}

    /** Makes a key and a signature. */
    @Setup
    public void sign() throws GeneralSecurityException, PemException {
        Kind kind = KINDS.get(algorithm);
        KeyPairGenerator pairs = KeyPairGenerator.getInstance(kind.keys);
        pairs.initialize(kind.size);
        KeyPair pair = pairs.generateKeyPair();
        Signature signer = Signature.getInstance(kind.signatures);
        signer.initSign(pair.getPrivate());
        signer.update(signed);
        jdkSignature = signer.sign();
        jdkKey = pair.getPublic();
        signature = Base64URL.encode(jdkSignature);
        header = new JWSHeader(JWSAlgorithm.parse(algorithm));
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(jdkKey.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        key = KeyFile.publicKeys(pem.getBytes(StandardCharsets.US_ASCII)).getFirst();
    }

    /** {@return whether the signature is valid, which it is} */
    @Benchmark
    public boolean server() {
        return key.verifies(header, signed, signature);
    }

    /** {@return the same, found by the JDK} */
    @Benchmark
    public boolean jdk() throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(KINDS.get(algorithm).signatures);
        verifier.initVerify(jdkKey);
        verifier.update(signed);
        return verifier.verify(jdkSignature);
    }
}
