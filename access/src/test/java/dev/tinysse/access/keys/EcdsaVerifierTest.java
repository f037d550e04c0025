package dev.tinysse.access.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.tinysse.server.pem.PemException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Signatures and keys at the edges of what is valid. Where a key is made to fit a signature, the JDK has to find the same as we do.
 */
class EcdsaVerifierTest {
    private static final byte[] TEXT = "a text that is signed".getBytes(UTF_8);

    /** A curve, a pair of its keys, and arithmetic that is slow and by the book. */
    enum Kind {
        ES256(256, JWSAlgorithm.ES256), ES384(384, JWSAlgorithm.ES384), ES512(521, JWSAlgorithm.ES512);

        final JWSAlgorithm algorithm;
        final String digits;
        final KeyPair pair;
        final ECParameterSpec parameters;
        final BigInteger p;
        final BigInteger n;
        final int length;
        final ECPoint g;

        Kind(int bits, JWSAlgorithm algorithm) {
            this.algorithm = algorithm;
            this.digits = algorithm.getName().substring(2);
            this.pair = KeyPairs.of("EC", bits);
            this.parameters = ((ECPublicKey) pair.getPublic()).getParams();
            this.p = ((ECFieldFp) parameters.getCurve().getField()).getP();
            this.n = parameters.getOrder();
            this.length = (bits + 7) / 8;
            ECCurve curve = new ECCurve.Fp(p, parameters.getCurve().getA(), parameters.getCurve().getB(), n,
                    BigInteger.ONE);
            this.g = curve.createPoint(parameters.getGenerator().getAffineX(), parameters.getGenerator().getAffineY());
        }

        /** A number from 1 to n - 1. */
        BigInteger random() {
            return new BigInteger(n.bitLength() + 64, new Random(7)).mod(n.subtract(BigInteger.ONE))
                    .add(BigInteger.ONE);
        }

        BigInteger hash() throws GeneralSecurityException {
            return new BigInteger(1, MessageDigest.getInstance("SHA-" + digits).digest(TEXT));
        }

        BigInteger divided(BigInteger a, BigInteger b) {
            return a.multiply(b.modInverse(n)).mod(n);
        }

        ECPublicKey key(BigInteger x, BigInteger y) throws GeneralSecurityException {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(
                    new ECPublicKeySpec(new java.security.spec.ECPoint(x, y), parameters));
        }

        ECPublicKey key(ECPoint point) throws GeneralSecurityException {
            ECPoint affine = point.normalize();
            return key(affine.getAffineXCoord().toBigInteger(), affine.getAffineYCoord().toBigInteger());
        }

        /** The key of which (r, s) is a signature, where r comes from this point: (sR - eG) / r. */
        ECPublicKey keyOf(ECPoint point, BigInteger s) throws GeneralSecurityException {
            BigInteger r = point.normalize().getAffineXCoord().toBigInteger().mod(n);
            return key(point.multiply(s).subtract(g.multiply(hash())).multiply(r.modInverse(n)));
        }

        /** The first point of the curve from this x on. */
        ECPoint pointFrom(BigInteger x) {
            BigInteger exponent = p.add(BigInteger.ONE).shiftRight(2); // p is 3 modulo 4
            for (BigInteger at = x;; at = at.add(BigInteger.ONE)) {
                BigInteger square = at.pow(3).add(parameters.getCurve().getA().multiply(at))
                        .add(parameters.getCurve().getB()).mod(p);
                BigInteger y = square.modPow(exponent, p);
                if (y.multiply(y).mod(p).equals(square)) {
                    return g.getCurve().createPoint(at, y);
                }
            }
        }

        byte[] signature(BigInteger r, BigInteger s) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * length);
            for (BigInteger number : List.of(r, s)) {
                byte[] all = number.toByteArray();
                int sign = all.length > length ? 1 : 0;
                bytes.position(bytes.position() + length - (all.length - sign)).put(all, sign, all.length - sign);
            }
            return bytes.array();
        }

        BigInteger[] signed() throws GeneralSecurityException {
            byte[] both = sign("inP1363Format");
            return new BigInteger[]{new BigInteger(1, both, 0, length), new BigInteger(1, both, length, length)};
        }

        byte[] sign(String format) throws GeneralSecurityException {
            Signature signer = Signature.getInstance("SHA" + digits + "withECDSA" + format);
            signer.initSign(pair.getPrivate());
            signer.update(TEXT);
            return signer.sign();
        }

        boolean verify(PublicKey key, byte[] signature) throws PemException, JOSEException {
            return new EcdsaVerifier((ECPublicKey) key).verify(new JWSHeader(algorithm), TEXT,
                    Base64URL.encode(signature));
        }

        boolean jdkVerifies(PublicKey key, byte[] signature) throws GeneralSecurityException {
            Signature verifier = Signature.getInstance("SHA" + digits + "withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(TEXT);
            return verifier.verify(signature);
        }
    }

    private static void assertVerified(Kind kind, PublicKey key, BigInteger r, BigInteger s) throws Exception {
        byte[] signature = kind.signature(r, s);
        assertThat(kind.jdkVerifies(key, signature)).isTrue();
        assertThat(kind.verify(key, signature)).isTrue();
        assertThat(kind.verify(key, kind.signature(r, kind.divided(s, BigInteger.TWO)))).isFalse();
    }

    private static void assertRefused(Kind kind, BigInteger r, BigInteger s) throws Exception {
        assertThat(kind.verify(kind.pair.getPublic(), kind.signature(r, s))).as("r=%x s=%x", r, s).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRefuseNumbersThatAreZeroOrNotBelowTheOrder(Kind kind) throws Exception {
        BigInteger[] signed = kind.signed();
        BigInteger r = signed[0];
        BigInteger s = signed[1];
        assertVerified(kind, kind.pair.getPublic(), r, s);
        BigInteger all = BigInteger.ONE.shiftLeft(8 * kind.length).subtract(BigInteger.ONE);
        for (BigInteger number : List.of(BigInteger.ZERO, kind.n, kind.n.add(BigInteger.ONE), kind.p, all)) {
            assertRefused(kind, number, s);
            assertRefused(kind, r, number);
            assertRefused(kind, number, number);
        }
        for (BigInteger number : List.of(BigInteger.ONE, kind.n.subtract(BigInteger.ONE))) {
            assertRefused(kind, number, s);
            assertRefused(kind, r, number);
            assertRefused(kind, number, number);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "ES512")
    void shouldRefuseTheSameNumbersWithTheOrderOnTop(Kind kind) throws Exception { // which others have no bits for
        BigInteger[] signed = kind.signed();
        assertRefused(kind, signed[0].add(kind.n), signed[1]);
        assertRefused(kind, signed[0], signed[1].add(kind.n));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldTakeBothSignsOfTheSecondNumberAsTheStandardDoes(Kind kind) throws Exception {
        BigInteger[] signed = kind.signed();
        assertVerified(kind, kind.pair.getPublic(), signed[0], kind.n.subtract(signed[1]));
        assertRefused(kind, kind.n.subtract(signed[0]), signed[1]);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRefuseAnotherFormOfASignature(Kind kind) throws Exception {
        assertThat(kind.verify(kind.pair.getPublic(), kind.sign(""))).as("DER").isFalse();
        BigInteger[] signed = kind.signed();
        assertThat(kind.verify(kind.pair.getPublic(), kind.signature(signed[1], signed[0]))).as("s, r").isFalse();
    }

    /** x of a point may be beyond the order: r is what is left of it. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldTakeAPointWhoseCoordinateIsBeyondTheOrder(Kind kind) throws Exception {
        ECPoint point = kind.pointFrom(kind.n.add(BigInteger.ONE));
        BigInteger r = point.getAffineXCoord().toBigInteger().subtract(kind.n);
        assertThat(r).isPositive().isLessThan(BigInteger.valueOf(1000));
        BigInteger s = kind.random();
        assertVerified(kind, kind.keyOf(point, s), r, s);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldTakeSmallAndLargeNumbers(Kind kind) throws Exception {
        ECPoint point = kind.pointFrom(BigInteger.ONE);
        BigInteger r = point.getAffineXCoord().toBigInteger();
        for (BigInteger s : List.of(BigInteger.ONE, BigInteger.TWO, kind.n.shiftRight(1),
                kind.n.subtract(BigInteger.ONE))) {
            assertVerified(kind, kind.keyOf(point, s), r, s);
        }
    }

    /** Multiples of generator and key that are the same point, so that their sum is a doubling; and the key of the generator. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldTakeSumsOfTheSamePoint(Kind kind) throws Exception {
        BigInteger k = kind.random();
        BigInteger r = kind.g.multiply(k).normalize().getAffineXCoord().toBigInteger().mod(kind.n);
        BigInteger same = kind.divided(kind.hash(), r);
        assertVerified(kind, kind.key(kind.g.multiply(same)), r, kind.divided(kind.hash().shiftLeft(1), k));
        for (BigInteger secret : List.of(BigInteger.ONE, BigInteger.TWO, kind.n.subtract(BigInteger.ONE))) {
            BigInteger s = kind.divided(kind.hash().add(r.multiply(secret)), k);
            assertVerified(kind, kind.key(kind.g.multiply(secret)), r, s);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRefuseASumThatIsNoPoint(Kind kind) throws Exception {
        BigInteger r = kind.random();
        PublicKey key = kind.key(kind.g.multiply(kind.divided(kind.hash().negate(), r)));
        for (BigInteger s : List.of(BigInteger.ONE, kind.random(), kind.n.subtract(BigInteger.ONE))) {
            assertThat(kind.verify(key, kind.signature(r, s))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRefuseKeysThatAreNoPointOfTheirCurve(Kind kind) throws Exception {
        java.security.spec.ECPoint point = ((ECPublicKey) kind.pair.getPublic()).getW();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        assertKeyRefused(kind.key(x, y.add(BigInteger.ONE)));
        assertKeyRefused(kind.key(y, x));
        assertKeyRefused(kind.key(BigInteger.ZERO, BigInteger.ZERO));
        ECPoint small = kind.pointFrom(BigInteger.ONE);
        BigInteger smallX = small.getAffineXCoord().toBigInteger();
        BigInteger smallY = small.getAffineYCoord().toBigInteger();
        assertThat(VerificationKey.of(kind.key(smallX, smallY)).algorithms()).containsExactly(kind.algorithm);
        assertKeyRefused(kind.key(smallX.add(kind.p), smallY));
        assertKeyRefused(kind.key(smallX.add(BigInteger.ONE), smallY));
    }

    private static void assertKeyRefused(ECPublicKey key) {
        assertThatThrownBy(() -> VerificationKey.of(key)).isInstanceOf(PemException.class)
                .hasMessageContaining("no point of its curve");
        assertThatThrownBy(() -> KeyFile.publicKeys(KeyPairs.pem(key)))
                .isInstanceOf(PemException.class);
    }
}
