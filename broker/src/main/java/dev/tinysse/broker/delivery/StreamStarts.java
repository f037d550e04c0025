package dev.tinysse.broker.delivery;

import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.replay.ReplayStart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Makes the streams of one fan-out thread live once their replay is known. That thread alone calls it.
 */
public final class StreamStarts {
    private final DecisionSequence decisions;
    private final StreamReplays replays;
    private final StreamEnds ends;
    private final HeldFrames held;
    private final Runnable arrive;
    private final BiConsumer<Stream, Runnable> goOn;

    /**
     * The starts of a fan-out thread's streams.
     *
     * @param arrive puts all that has been published into the rings
     * @param goOn carries out the task and sends the stream what it can take; a failure of either closes that stream alone
     */
    StreamStarts(DecisionSequence decisions, StreamReplays replays, StreamEnds ends, HeldFrames held, Runnable arrive,
            BiConsumer<Stream, Runnable> goOn) {
        this.decisions = decisions;
        this.replays = replays;
        this.ends = ends;
        this.held = held;
        this.arrive = arrive;
        this.goOn = goOn;
    }

    /**
     * Replays messages to a stream, then sends live ones.
     *
     * @param ids those of the replay
     * @param latestCall the latest {@code publish} call of which the replay may know
     */
    public void goLive(Stream stream, List<byte[]> replay, Set<String> ids, long latestCall) {
        goLive(stream, () -> {
            replay.forEach(frame -> stream.output().addReplayed(stream.own(frame)));
            stream.replayed(ids, latestCall);
            stream.limitOverlap(decisions, arrive);
        });
    }

    /** Replays messages to a stream, without live ones yet. */
    public void sendReplay(Stream stream, List<byte[]> replay) {
        stream.replayed = true;
        if (stream.state == Stream.State.ENDED) {
            ends.unsubscribe(stream);
        }
        if (stream.state != Stream.State.REPLAYING) {
            return; // behind its last chunk nothing may come
        }
        send(stream, () -> replay.forEach(frame -> stream.output().addReplayed(stream.own(frame))));
    }

    /** Makes a stream live whose replay has been sent, as {@link #goLive} does. */
    public void goLiveBehind(Stream stream, String lastEventId, Set<String> ids, long latestCall) {
        goLive(stream, () -> {
            arrive.run();
            stream.replayed(ids, latestCall);
            stream.skipSeen(lastEventId);
            stream.limitOverlap(decisions, arrive);
        });
    }

    /**
     * Replays messages of the log to a stream, then sends live ones.
     *
     * @param start where in the log; nothing to send nothing of it
     * @param joined the position up to which nothing comes to the stream's group
     */
    public void replay(Stream stream, Optional<ReplayStart> start, long joined) {
        if (start.isPresent() && start.get() == ReplayStart.FAILED) {
            stream.replayed = true;
            ends.close(stream, EndReason.REPLAY_FAILED);
            ends.unsubscribe(stream);
            return;
        }
        goLive(stream, () -> {
            arrive.run(); // that a new epoch has begun, of which the start may know already
            start.ifPresent(from -> replays.begin(stream, from, joined));
        });
    }

    private void goLive(Stream stream, Runnable prepare) {
        stream.replayed = true;
        if (stream.state == Stream.State.ENDED) {
            ends.unsubscribe(stream);
        } else if (stream.state == Stream.State.REPLAYING) {
            stream.state = Stream.State.LIVE;
            send(stream, () -> {
                prepare.run();
                replays.markEnd(stream);
            });
        }
    }

    private void send(Stream stream, Runnable prepare) {
        goOn.accept(stream, prepare);
        if (stream.isStalled() && stream.state != Stream.State.ENDED) {
            held.hold(stream);
        }
        ends.cutOffHolders();
    }
}
