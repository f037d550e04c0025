package dev.tinysse.broker.log;

import dev.tinysse.broker.figures.Figure;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gives publications their order, keeps them, and hands them on. One log has one order of positions for all channels. Safe for any
 * thread, unless a method says otherwise.
 *
 * <p>A record carries the position of the record before it in its channel. So a reader that resumes in a channel knows exactly
 * whether something is missing: if the first record behind its own position has a predecessor behind it, too.
 */
public interface EventLog extends AutoCloseable {
    /**
     * Begins to hand on what is committed from now on, also records that other nodes append. Called once, before anything is appended.
     *
     * @param follower is called by one thread at a time, in the order of positions
     * @throws LogException if the log cannot be used; the text says why
     */
    void follow(LogFollower follower) throws LogException;

    /**
     * Appends the publications of one request, next to each other. Waits for nothing; calls take effect in the order in which they
     * are made. As soon as a record is durable at the level of the log, the follower is called, and only then the append completes; the log
     * in memory does all that within the call.
     *
     * @param append what to append, and where the outcome is reported
     */
    void append(Append append);

    /**
     * Finds the response that is stored for a key, so that the {@code publish} hook need not run for a repetition. May block on a disk
     * or a network. An append finds what is stored after this call.
     *
     * @param key of a request
     * @return {@link Append.Outcome.Repeated} or {@link Append.Outcome.KeyReused}; empty if nothing is stored
     * @throws LogException if the log cannot be read now, or does not know whether what it has stored is durable at its level
     */
    Optional<Append.Outcome> find(PublishKey key) throws LogException;

    /**
     * Reads a page of the stored records, oldest first, with ids of the present epoch. May block on a disk or a network; never holds up an
     * append.
     *
     * @param range which records
     * @return a page; the last one says that it is complete
     * @throws LogException if the log cannot be read now
     */
    default LogPage read(LogRange range) throws LogException {
        return read(range, epoch());
    }

    /**
     * Reads a page, with ids of an epoch: those that the log gives are made from the position and this epoch, whatever the epoch was when
     * the message was appended, so that a client that has received an epoch can resume with any of them.
     *
     * @param range which records
     * @param epoch that its reader has received
     * @return a page; the last one says that it is complete
     * @throws LogException if the log cannot be read now
     */
    LogPage read(LogRange range, String epoch) throws LogException;

    /**
     * Finds the earliest record that has an id which a publisher chose.
     *
     * @param channels where to look
     * @param id the id of its message
     * @return its position, if it is stored
     * @throws LogException if the log cannot be read now
     */
    OptionalLong find(ChannelSet channels, String id) throws LogException;

    /**
     * Tells which channels have dropped records behind a position.
     *
     * @param channels the requested ones
     * @param after a position
     * @param known a mark of an earlier call; what was dropped before it does not count; 0 to count all
     * @return what is missing
     * @throws LogException if the log cannot be read now
     */
    Dropped dropped(ChannelSet channels, long after, long known) throws LogException;

    /**
     * Finds where the newest records of some channels begin.
     *
     * @param channels all of them together
     * @param count how many records, at least 1
     * @return the greatest position behind which there are at least so many records, or 0 if there are not so many
     * @throws LogException if the log cannot be read now
     */
    long startOfLast(ChannelSet channels, int count) throws LogException;

    /**
     * A position up to which everything was there before the log was followed, and behind which is what it hands on. May wait until
     * the log has been looked through.
     *
     * @return always the same position; 0 if nothing was there
     * @throws LogException if the log cannot be read
     */
    long recovered() throws LogException;

    /**
     * The epoch, which is part of every id that the log gives: see {@link EventId}. Where others append, too, it changes when the follower
     * has been notified of a new one.
     *
     * @return the epoch; {@link EventId#NO_EPOCH} before a log that is elsewhere has been reached
     */
    String epoch();

    /**
     * Whether an id is of the present epoch. Where others append, too, this waits until the follower has been notified of the epoch
     * that is the present one there.
     *
     * @param id that the log may have given
     * @return whether its epoch is {@link #epoch}
     * @throws LogException if that has to be asked, and cannot be
     */
    default boolean isPresent(EventId id) throws LogException {
        return id.epoch().equals(epoch());
    }

    /**
     * Whether an epoch was this log's, before what it keeps may have become incomplete.
     *
     * @param epoch not the present one
     * @return whether it is known
     */
    boolean hadEpoch(String epoch);

    /** {@return whether records are stored and messages get ids; if not, nothing can be read or found} */
    boolean keeps();

    /**
     * Whether other processes append to the log, too. Then all that hooks may ask of a publication goes into it, and records come
     * from it that nobody has appended here.
     *
     * @return whether it is shared; always the same
     */
    default boolean isShared() {
        return false;
    }

    /** {@return whether what the log needs outside of this process is there, or has been until a moment ago} */
    default boolean isConnected() {
        return true;
    }

    /** {@return the clock that gives records their time} */
    default InstantSource clock() {
        return InstantSource.system();
    }

    /**
     * Waits until a log that could not be read may be read again.
     *
     * @return whether it may; if not, it will not be before it is opened again
     */
    default boolean awaitReadable() {
        return false;
    }

    /** Lets nobody wait any longer for what the log needs outside of this process: the server stops. */
    default void stopWaiting() {}

    /**
     * Lets no append wait any longer for what the log needs outside of this process: each that does gets its outcome now, which is an
     * error. For a stop whose time is up, before {@link #close}; appends that come later are not concerned.
     */
    default void giveUpAppends() {}

    /** {@return why the log takes nothing any more, until the server is started again; empty while it does} */
    Optional<String> failure();

    /**
     * Names the channels with stored records.
     *
     * @return their names, in no particular order
     * @throws LogException if the log cannot be read now
     */
    default Collection<String> channels() throws LogException {
        return List.of();
    }

    /** {@return the size of the history of all channels together, roughly} */
    default HistoryTotal historyTotal() {
        return HistoryTotal.NOTHING;
    }

    /**
     * Reports the history of some channels. May block on a disk or a network.
     *
     * @param channels the requested ones
     * @return by name, those with stored records
     * @throws LogException if the log cannot be read now
     */
    default Map<String, ChannelHistory> histories(ChannelSet channels) throws LogException {
        return Map.of();
    }

    /**
     * Deletes the history of a channel permanently: a client that resumes with an older id receives a gap. Returns when the deletion is durable at
     * the log's level holds for it.
     *
     * @param channel its name
     * @return how many messages were forgotten
     * @throws LogException if the log cannot do that, or not now
     */
    default long forget(String channel) throws LogException {
        throw new LogException(LogException.Kind.UNAVAILABLE, "this log cannot forget a channel: channel=" + channel);
    }

    /** {@return further metrics of this log, such as the latency of a disk or a backend; cheap, and from any thread} */
    default List<Figure> figures() {
        return List.of();
    }

    /** {@return the other nodes, if the log connects several} */
    default Optional<Peers> peers() {
        return Optional.empty();
    }

    /** {@return the name of this node, if the log connects several} */
    default Optional<String> node() {
        return Optional.empty();
    }

    /**
     * Drops what has become too old. The owner of the log calls this every few seconds, so that a log without traffic gives its
     * memory back, too. It is cheap when there is nothing to drop.
     */
    default void sweep() {}

    /** Commits what has been appended, and ends the log's threads. What is appended later fails. */
    @Override
    void close();
}
