package dev.tinysse.cluster.redis;

import java.nio.charset.StandardCharsets;

/** The names of the cluster's keys. All have one hash tag, so that one part of a Redis Cluster has them all. Immutable. */
final class Keys {
    final byte[] state;
    final byte[] log;
    final byte[] channels;
    final byte[] oldest;
    final byte[] responses;
    final byte[] responseAges;
    final byte[] nodes;
    final byte[] calls;
    /** The beginning of the key of a channel's stream. */
    final byte[] streams;
    private final String tag;

    Keys(String cluster) {
        tag = "{" + cluster + "}:";
        state = bytes("state");
        log = bytes("log");
        channels = bytes("channels");
        oldest = bytes("oldest");
        responses = bytes("responses");
        responseAges = bytes("response-ages");
        nodes = bytes("nodes");
        calls = bytes("calls");
        streams = bytes("channel:");
    }

    /** {@return the key of a channel's records} */
    byte[] stream(String channel) {
        return bytes("channel:" + channel);
    }

    /** {@return the key of a node's last batch} */
    byte[] batch(String instance) {
        return bytes("batch:" + instance);
    }

    /** {@return the key of what a node tells the others} */
    byte[] nodeState(String instance) {
        return bytes("node:" + instance);
    }

    /** {@return the key that a node writes to learn what replicas have} */
    byte[] confirmation(String instance) {
        return bytes("confirmation:" + instance);
    }

    private byte[] bytes(String name) {
        return (tag + name).getBytes(StandardCharsets.UTF_8);
    }
}
