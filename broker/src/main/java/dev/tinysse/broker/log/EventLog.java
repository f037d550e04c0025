package dev.tinysse.broker.log;

import dev.tinysse.broker.figures.Figure;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gives publications their order, stores them, and hands them on. One log has one order of positions for all channels. Safe for any
 * thread, unless a method says otherwise.
 *
 * <p>A record carries the position of the record before it in its channel. So a reader that resumes in a channel knows exactly
 * whether something is missing: if the first record behind its own position has a predecessor behind it, too.
 *
 * <p>{@link #retention} and {@link #shared} are the other views of a log, each for callers that need nothing else.
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
    Optional<Append.Outcome> findResponse(PublishKey key) throws LogException;

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
     * Reports which channels have dropped records behind a position.
     *
     * @param channels the requested ones
     * @param after a position
     * @param known the loss watermark of an earlier call; records dropped before it do not count; 0 to count all
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
     * The position up to which all records were in the log before it was followed; records behind it are handed on. May wait for
     * recovery.
     *
     * @return always the same position; 0 if the log was empty
     * @throws LogException if the log cannot be read
     */
    long recovered() throws LogException;

    /**
     * The epoch, which is part of every id that the log gives: see {@link EventId}. A shared log changes it after the follower has been
     * notified of a new one.
     *
     * @return the epoch; {@link EventId#NO_EPOCH} before a log that is elsewhere has been reached
     */
    String epoch();

    /**
     * Confirms that an id is of the present epoch. A shared log waits until the follower has been notified of the epoch that is the
     * present one in the backend, and begins a new epoch if the backend has lost the record of the id.
     *
     * @param id that the log may have given
     * @return whether its epoch is {@link #epoch}
     * @throws LogException if the backend has to be asked, and cannot be
     */
    default boolean confirmEpoch(EventId id) throws LogException {
        return id.epoch().equals(epoch());
    }

    /**
     * Whether an epoch was this log's, before its history may have become incomplete.
     *
     * @param epoch not the present one
     * @return whether it is known
     */
    boolean hadEpoch(String epoch);

    /** {@return whether records are stored and messages get ids; if not, nothing can be read or found} */
    boolean hasHistory();

    /** {@return the history as operators see it; {@link Retention#NONE} without history} */
    Retention retention();

    /**
     * The view of a log that the nodes of a cluster share. Then everything that hooks may ask of a publication goes into the log, and
     * the log hands on records of other nodes.
     *
     * @return always the same; empty if this process alone appends
     */
    default Optional<SharedLog> shared() {
        return Optional.empty();
    }

    /** {@return the clock that gives records their time} */
    default InstantSource clock() {
        return InstantSource.system();
    }

    /** {@return why the log takes nothing any more, until the server is started again; empty while it does} */
    Optional<String> failure();

    /** {@return further metrics of this log, such as the latency of a disk or a backend; cheap, and from any thread} */
    default List<Figure> figures() {
        return List.of();
    }

    /** Commits what has been appended, and ends the log's threads. What is appended later fails. */
    @Override
    void close();
}
