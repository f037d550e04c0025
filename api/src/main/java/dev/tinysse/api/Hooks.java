package dev.tinysse.api;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A loaded script, as the server sees it: eight functions, of which it calls those that {@link #defined} names. All
 * have defaults, so an implementation overrides what it needs.
 *
 * <p><b>Which thread calls?</b> Any number of calls may come at once, on virtual threads; {@code startup} comes alone, on the
 * program's main thread. Calls for one stream come in the order of its life, except that {@code timeout} and
 * {@code unsubscribe} do not wait for a {@code message} call that is still running. An implementation that runs one call at a
 * time brings its own lock, and takes it in {@link #batch} for many {@code message} calls at once.
 *
 * <p><b>May I block?</b> Yes, in every call: on the network, a file, a lock. A call that blocks in {@code message} first
 * calls {@link HookContext#aboutToWait}, so that the other streams need not wait with it; and an implementation with a lock
 * lets go of it meanwhile, or a hook that posts to its own server would wait for itself. A call that has begun is never
 * interrupted because its client has gone. Nothing else ends a call that computes without end: the implementation applies the
 * limits of its {@link Script}.
 *
 * <p><b>What may I store?</b> All arguments of a hook are immutable; a provider may retain them indefinitely and read them on any
 * thread. What belongs to one publication or one stream is best left on it, under an {@link Attribute}: then it goes when the
 * publication or the stream goes.
 *
 * <p><b>How do I fail?</b> By throwing, best a {@link HookException}, whose text goes to the log and never to a client. The
 * publisher or subscriber gets a response with status 500; the delivery is skipped; the catch-up is left out; for the other hooks
 * it is the log line alone. Nothing that a hook throws ends the server, except from {@code startup}. A result of null counts
 * as a failure.
 */
public interface Hooks extends AutoCloseable {
    /** {@return the hooks that are there, all by default; the server reads this once, and what is not in it costs nothing} */
    default Set<Hook> defined() {
        return EnumSet.allOf(Hook.class);
    }

    /**
     * Whether {@code publish} decides which messages are accepted. It may be {@linkplain #defined() defined} only to prepare what
     * other hooks see; then publishing is open, and the server warns where other machines can connect.
     *
     * @return true if {@code publish} is defined, by default
     */
    default boolean authorizesPublishers() {
        return defined().contains(Hook.PUBLISH);
    }

    /** Called once, after the socket is bound and before the first request is served. A failure ends the program. */
    default void startup() {}

    /**
     * Called again and again, first at once, then a pause after the end of the last call.
     *
     * @param count 1 for the first call
     */
    default void tick(long count) {}

    /**
     * A message was posted.
     *
     * @param publication what the publisher sent
     * @return what is sent to the streams, or nothing to refuse it
     */
    default Optional<Publication> publish(Publication publication) {
        return Optional.of(publication);
    }

    /**
     * As {@link #publish(Publication)}, which the default calls. An implementation that runs one call at a time overrides it,
     * or {@link #decide(Publication, Runnable)}, so that messages reach the streams in the order in which its calls decided: a
     * script that numbers messages would otherwise see them overtake each other.
     *
     * @param publication what the publisher sent
     * @param sequence to be run, on this thread, when the call has accepted the publication and no other call can
     *        have decided since: under the lock. It fixes the publication's place among all, and waits for nothing.
     * @return what is accepted, or nothing to refuse it
     */
    default Optional<Publication> publish(Publication publication, Runnable sequence) {
        Optional<Publication> accepted = publish(publication);
        sequence.run();
        return accepted;
    }

    /**
     * As {@link #publish(Publication, Runnable)}, which the default calls, and this is what the server calls. An implementation
     * overrides it to say how it refuses: with which status, error and headers.
     *
     * @param publication what the publisher sent
     * @param sequence as above; an implementation that runs any number of calls at once may leave it alone
     * @return what is accepted, or the refusal
     */
    default Decision<Publication> decide(Publication publication, Runnable sequence) {
        return Decision.of(publish(publication, sequence));
    }

    /**
     * A client requests a stream.
     *
     * @param subscription what the subscriber sent
     * @return what later hooks of the stream are given, or nothing to refuse it
     */
    default Optional<Subscription> subscribe(Subscription subscription) {
        return Optional.of(subscription);
    }

    /**
     * As {@link #subscribe}, which the default calls, and this is what the server calls. An implementation overrides it to say
     * how it refuses: with which status, error and headers.
     *
     * @param subscription what the subscriber sent
     * @return what later hooks of the stream are given, or the refusal
     */
    default Decision<Subscription> decide(Subscription subscription) {
        return Decision.of(subscribe(subscription));
    }

    /**
     * A stream begins. What is published meanwhile is sent after the result.
     *
     * @param subscription the stream
     * @return what to send first, in order; these messages do not go through {@link #message}
     */
    default List<Message> catchup(Subscription subscription) {
        return List.of();
    }

    /**
     * As {@link #catchup}, which the default calls, and this is what the server calls. An implementation overrides it to leave the
     * replay to the server's history, or to see that it has a gap.
     *
     * @param subscription the stream
     * @param gap why history cannot send all that follows the client's last event id; empty if it can, or there is no history
     * @return what to send first, in order, instead of the server's replay; nothing to let the server replay
     */
    default Optional<List<Message>> replay(Subscription subscription, Optional<GapReason> gap) {
        return Optional.of(catchup(subscription));
    }

    /**
     * The attributes that {@link #publish publish} has set on a publication, as text that history stores beside the message. Called once for each
     * publication that history keeps; what is no data is left out.
     *
     * @param publication accepted by {@code publish}
     * @return text that {@link #restoreAttributes(Publication, String)} reads, also of a later version; nothing if there is nothing to keep
     */
    default Optional<String> saveAttributes(Publication publication) {
        return Optional.empty();
    }

    /**
     * Restores what {@link #saveAttributes(Publication)} has saved, before {@code message} is called for a stored publication.
     *
     * @param publication without attributes
     * @param saved what was stored with it
     * @return the publication with its attributes
     */
    default Publication restoreAttributes(Publication publication, String saved) {
        return publication;
    }

    /**
     * The attributes that {@link #subscribe subscribe} has set on a subscription, as text that another node of a cluster reads.
     *
     * @param subscription accepted by {@code subscribe}
     * @return text that {@link #restoreAttributes(Subscription, String)} reads; nothing if there is nothing
     */
    default Optional<String> saveAttributes(Subscription subscription) {
        return Optional.empty();
    }

    /**
     * Puts back what {@link #saveAttributes(Subscription)} has made on another node.
     *
     * @param subscription without attributes
     * @param saved what was made
     * @return the subscription with its attributes
     */
    default Subscription restoreAttributes(Subscription subscription, String saved) {
        return subscription;
    }

    /**
     * A message is about to be sent to a stream.
     *
     * @param publication the message, and who published it
     * @param subscription the stream
     * @return the message to send: best the publication's own, the same object, since that is encoded already;
     *         {@link Message#EMPTY} to send nothing
     */
    default Message message(Publication publication, Subscription subscription) {
        return publication.message();
    }

    /**
     * A stream has lived as long as it may.
     *
     * @param subscription the stream
     * @param elapsed its age
     * @return the reconnection delay of the client, in milliseconds, at least 0; nothing for the server's default
     */
    default OptionalLong timeout(Subscription subscription, Duration elapsed) {
        return OptionalLong.empty();
    }

    /**
     * A stream is gone, for whatever reason. Called exactly once for each subscription that was accepted.
     *
     * @param subscription the stream
     */
    default void unsubscribe(Subscription subscription) {}

    /**
     * Runs several {@link #message} calls, one after the other, on the calling thread. A provider with a lock takes it
     * here once for all of them.
     *
     * @param calls makes the calls
     */
    default void batch(Runnable calls) {
        calls.run();
    }

    /**
     * Called once, after the last hook has returned: when the server ends, or when a reload has put others in their place. On
     * the thread of that last call, or of the one that ends the server, which does not wait for hooks beyond its drain timeout.
     */
    @Override
    default void close() {}
}
