package dev.tinysse.streams.model;

/** What becomes of a request. */
public sealed interface Decision {
    /**
     * It is carried out.
     *
     * @param written what is written
     */
    record Accept(StreamRecord written) implements Decision {}

    /** It is not, and nothing is written. */
    sealed interface Refusal extends Decision {}

    /** There is no such stream. */
    record Missing() implements Refusal {}

    /** The stream has been deleted, and forks of it exist. */
    record SoftDeleted() implements Refusal {}

    /** The stream exists, as the request would create it. */
    record Exists() implements Refusal {}

    /** The stream exists with another configuration, or a deleted one takes its name. */
    record Conflict() implements Refusal {}

    /** The stream is closed. */
    record Closed() implements Refusal {}

    /** The stream is closed, as the request wants it. */
    record AlreadyClosed() implements Refusal {}

    /**
     * The stream has another content type.
     *
     * @param type of the stream
     */
    record OtherType(ContentType type) implements Refusal {}

    /**
     * The sequence is not greater than the last one.
     *
     * @param last the last one
     */
    record SequenceRegression(String last) implements Refusal {}

    /**
     * A later epoch of the producer has begun.
     *
     * @param epoch of the producer
     */
    record StaleEpoch(long epoch) implements Refusal {}

    /** The first append of an epoch is not number 0. */
    record EpochStart() implements Refusal {}

    /**
     * Appends of the producer are missing.
     *
     * @param expected number of the next append
     */
    record ProducerGap(long expected) implements Refusal {}

    /**
     * The append has been carried out before.
     *
     * @param last number of the producer's last append
     * @param closed whether the stream is closed
     */
    record Duplicate(Producer last, boolean closed) implements Refusal {}

    /** The store has no room. */
    record Full() implements Refusal {}

    /** The source of a fork does not exist. */
    record SourceMissing() implements Refusal {}

    /** The source of a fork has been deleted. */
    record SourceDeleted() implements Refusal {}

    /** The source has not got the position of the fork. */
    record ForkBeyond() implements Refusal {}

    /** The offset of the fork belongs to a stream or a state that is gone. */
    record ForkLost() implements Refusal {}

    /** There are too many forks of forks. */
    record ForkDepth() implements Refusal {}
}
