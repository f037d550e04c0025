package dev.tinysse.cluster.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The scripts that run in Redis. */
enum Script {
    /** Appends a batch once. */
    APPEND("common", "history", "responses", "append"),
    /** Finds the response to a request with a key. */
    FIND_RESPONSE("common", "responses", "find-response"),
    /** A node has connected. */
    HELLO("common", "hello"),
    /** A client has seen what Redis may have lost. */
    LOST("common", "lost"),
    /** A node is there. */
    BEAT("common", "beat"),
    /** Drops what is too old. */
    SWEEP("common", "history", "sweep"),
    /** Which channels have dropped something. */
    DROPPED("common", "history", "dropped"),
    /** The history of channels. */
    CHANNEL_HISTORIES("common", "history", "channel-histories"),
    /** Forgets a channel. */
    FORGET("common", "history", "forget"),
    /** Looks for an id that a publisher chose. */
    FIND("common", "history", "find"),
    /** The positions of the newest records. */
    NEWEST("common", "history", "newest");

    final byte[] text;
    /** By which Redis knows it. */
    final byte[] digest;

    Script(String... files) {
        text = String.join("\n", List.of(files).stream().map(Script::read).toList()).getBytes(StandardCharsets.UTF_8);
        digest = digest(text);
    }

    private static String read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file + ".lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text))
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
