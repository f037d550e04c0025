package dev.tinysse.luahooks.fernet;

import dev.tinysse.luahooks.base64.Base64Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that makes and reads Fernet tokens: version 0x80, 8 bytes of seconds since 1970, 16 of an initialisation vector,
 * AES-128-CBC, and HMAC-SHA256 over all before. Safe for any thread.
 */
public final class FernetKey {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte VERSION = (byte) 0x80;
    private static final int HALF = 16;
    private static final int VECTOR_AT = 1 + Long.BYTES;
    private static final int CIPHER_AT = VECTOR_AT + HALF;
    private static final int MAC_BYTES = 32;
    private static final long CLOCK_SKEW_SECONDS = 60;

    private final SecretKeySpec signing;
    private final SecretKeySpec encryption;
    private final InstantSource clock;

    /**
     * The key that {@code text} spells.
     *
     * @param text 32 bytes in URL-safe Base64, padded or not
     * @param clock tells when tokens are made and how old they are; asked by the thread that calls
     * @throws IllegalArgumentException if the text is anything else
     */
    public FernetKey(String text, InstantSource clock) {
        byte[] key = decodeLoosely(text.getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
        if (key.length != 2 * HALF) {
            throw new IllegalArgumentException("key must be 32-bytes, url-safe base64-encoded");
        }
        this.signing = new SecretKeySpec(key, 0, HALF, "HmacSHA256");
        this.encryption = new SecretKeySpec(key, HALF, HALF, "AES");
        this.clock = clock;
    }

    /** The text of a new random key. */
    public static String generate() {
        return new String(Base64Codec.URL_SAFE.encode(random(2 * HALF)), StandardCharsets.US_ASCII);
    }

    /** How long the token for {@code length} bytes is. */
    public static long tokenLength(int length) {
        long encrypted = (length / HALF + 1L) * HALF;
        return (CIPHER_AT + encrypted + MAC_BYTES + 2) / 3 * 4;
    }

    /** A token of now for any bytes. */
    public byte[] encrypt(byte[] plain) {
        byte[] vector = random(HALF);
        try {
            byte[] encrypted = aes(Cipher.ENCRYPT_MODE, vector).doFinal(plain);
            ByteBuffer token = ByteBuffer.allocate(CIPHER_AT + encrypted.length + MAC_BYTES);
            token.put(VERSION).putLong(seconds()).put(vector).put(encrypted);
            token.put(signature(token.array()));
            return Base64Codec.URL_SAFE.encode(token.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-128-CBC and HMAC-SHA256 must be there, and any bytes will do", e);
        }
    }

    /**
     * The content of a token.
     *
     * @param token a token as {@link #encrypt} makes it; its padding may be missing
     * @param ttl   how many seconds old it may be, 0 or more; empty for any age
     * @return empty if it is no token of this key, too old, or more than a minute ahead of the clock
     */
    public Optional<byte[]> decrypt(byte[] token, OptionalLong ttl) {
        return decodeLoosely(token)
                .filter(raw -> raw.length >= CIPHER_AT + MAC_BYTES && raw[0] == VERSION && isCurrent(raw, ttl))
                .flatMap(this::open);
    }

    private boolean isCurrent(byte[] raw, OptionalLong ttl) {
        long made = ByteBuffer.wrap(raw).getLong(1);
        long now = seconds();
        // the field is unsigned: what looks negative is far ahead
        boolean ahead = made < 0 || made > now + CLOCK_SKEW_SECONDS;
        return !ahead && (ttl.isEmpty() || now - made <= ttl.getAsLong());
    }

    private Optional<byte[]> open(byte[] raw) {
        int end = raw.length - MAC_BYTES;
        try {
            if (!MessageDigest.isEqual(signature(raw), Arrays.copyOfRange(raw, end, raw.length))) {
                return Optional.empty();
            }
            Cipher aes = aes(Cipher.DECRYPT_MODE, Arrays.copyOfRange(raw, VECTOR_AT, CIPHER_AT));
            return Optional.of(aes.doFinal(raw, CIPHER_AT, end - CIPHER_AT));
        } catch (GeneralSecurityException notEncryptedLikeThis) {
            return Optional.empty();
        }
    }

    /** The signature of all of {@code token} but its last 32 bytes. */
    private byte[] signature(byte[] token) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(signing.getAlgorithm());
        mac.init(signing);
        mac.update(token, 0, token.length - MAC_BYTES);
        return mac.doFinal();
    }

    private Cipher aes(int mode, byte[] vector) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, encryption, new IvParameterSpec(vector));
        return cipher;
    }

    private long seconds() {
        return clock.instant().getEpochSecond();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Strict but for the padding, of which there may be none or too much. */
    private static Optional<byte[]> decodeLoosely(byte[] text) {
        int length = text.length;
        while (length > 0 && text[length - 1] == '=') {
            length--;
        }
        byte[] padded = Arrays.copyOf(text, Math.ceilDiv(length, 4) * 4);
        Arrays.fill(padded, length, padded.length, (byte) '=');
        try {
            return Optional.of(Base64Codec.URL_SAFE.decode(padded));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
