package dev.tinysse.broker.delivery;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.Interest;
import dev.tinysse.broker.dispatch.SubscribeEvent;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.replay.Gaps;
import dev.tinysse.broker.replay.ReplayPage;
import dev.tinysse.broker.replay.ReplayReader;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.stream.ClientName;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamCompression;
import dev.tinysse.broker.stream.StreamOwner;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber: where it is in the log and in the ring of its group, and what follows from an event. For its delivery thread alone.
 *
 * <p>An event returns the {@link Step} that the delivery thread has to take. There may be very many subscribers that get nothing for
 * long. What concerns few of them, or a short time, is an object of its own, and null where it is not needed.
 */
public final class Subscriber extends DeadlineWheel.Deadline implements SubscribeEvent {
    private static final Logger LOG = System.getLogger("tinysse");
    /** Messages that go through the {@code message} hook together, and out in one write. */
    private static final int TOGETHER = 16;
    /** The limit for their size, so that of large messages fewer do. */
    private static final int BYTES_TOGETHER = 64 * 1024;
    /** The ring of a subscriber that has not arrived: empty, and nothing is added to it. */
    private static final Ring NO_RING = new Ring();
    /** A time that does not come. */
    private static final long NEVER = Long.MAX_VALUE;
    /** How long a stream that is to end waits for the {@code timeout} and {@code message} hooks. */
    private static final long WAIT_FOR_HOOKS = TimeUnit.MILLISECONDS.toNanos(500);

    /** What the delivery thread has to do for a subscriber after an event. */
    enum Step {
        NONE,
        /** To read the {@linkplain #nextPage next page} of the log. */
        READ_LOG,
        /** To take messages for the {@code message} hook. */
        CALL_HOOK,
        /** To return the channel: the last bytes are sent. */
        RELEASE,
        /** To close the stream: the client has accepted no data for the write timeout. */
        CLOSE_SLOW_CONSUMER,
        /** To end the stream: its token expires. */
        EXPIRE,
        /** To end the stream: it has reached its maximum lifetime. */
        TIME_OUT,
        /** The same, and the {@code timeout} hook has not returned. */
        TIME_OUT_WITHOUT_HOOK,
        /** To end the stream, which has waited too long for the {@code message} hook. */
        GIVE_UP
    }

    /**
     * How the request of a subscriber wants its messages.
     *
     * @param inEnvelopes whether messages come as JSON that names their channel
     * @param marksReplay whether a comment marks the end of the replay
     * @param compression of the stream; empty if it is sent as it is
     * @param expires when it is ended, by the clock of streams; empty for never
     * @param epoch of the log that it can read; empty if nothing is stored
     */
    record Request(boolean inEnvelopes, boolean marksReplay, Optional<StreamCompression.Encoder> compression,
            OptionalLong expires, Optional<String> epoch) {}

    /**
     * How a stream is to end.
     *
     * @param reason why
     * @param bytes what its client gets last, not compressed
     * @param upTo the end of the messages in the ring that are for it
     * @param deadline when it ends although the {@code message} hook has not decided all of them, by the clock of streams
     * @param undecided how many messages do not reach the client, because the end did not wait for them; they are lost
     */
    private record Ending(EndReason reason, byte[] bytes, long upTo, long deadline, long undecided) {
        Ending renumbered(LongUnaryOperator numbers) {
            return new Ending(reason, bytes, numbers.applyAsLong(upTo), deadline, undecided);
        }
    }

    /** Handles the events of a subscriber, and returns the next phase. */
    private abstract static sealed class Phase {
        /** Messages have arrived in the ring, and nothing waits to be written. */
        Phase arrival(Subscriber subscriber) throws IOException {
            return this;
        }

        /**
         * The client accepts data, and nothing waits to be written, nor for the {@code message} hook.
         *
         * @param withHook whether messages go through the hook, and are not written here
         */
        Phase writable(Subscriber subscriber, boolean withHook) throws IOException {
            return this;
        }

        /** A page of the log has been read. */
        Phase page(Subscriber subscriber, Replay of, ReplayPage page) {
            return this;
        }

        /** Messages have not arrived, and some of them may be lost; the subscriber is delivering. */
        Phase missed(Subscriber subscriber, LogGap gap) {
            return this;
        }

        /** A deadline has passed. */
        Step deadline(Subscriber subscriber, long now) throws IOException {
            return subscriber.due(now);
        }

        /** The phase in which messages of the ring are sent, after a replay. */
        Phase live() {
            return this;
        }

        /** What follows, while the client accepts data. To read the log may be a step although that page is being read. */
        Step next(Subscriber subscriber, boolean withHook) {
            return Step.NONE;
        }

        /** Whether the subscriber receives messages of the ring or of the log. */
        boolean isDelivering() {
            return false;
        }
    }

    /** The script, or the server, finds out what the client lacks; messages stay in the ring. */
    private static final class ScriptReplay extends Phase {
        private final Live next;

        ScriptReplay(Live next) {
            this.next = next;
        }

        @Override
        Live live() {
            return next;
        }
    }

    /** Pages of the log are sent, until the rest is in the ring. */
    private static final class LogReplay extends Phase {
        private final Replay replay;

        LogReplay(Replay replay) {
            this.replay = replay;
        }

        @Override
        Phase writable(Subscriber subscriber, boolean withHook) throws IOException {
            while (!withHook && replay.pending() > 0) {
                int written = subscriber.connection.write(replay);
                for (int i = 0; i < written; i++) {
                    subscriber.takeOfReplay(replay);
                }
                if (subscriber.connection.isStalled()) {
                    replay.dropPage(); // it is read again when the client accepts data again
                    return this;
                }
            }
            return replay.isComplete() ? subscriber.replayed(replay) : this;
        }

        @Override
        Phase page(Subscriber subscriber, Replay of, ReplayPage page) {
            if (of == replay && replay.page(page)) {
                page.gap().ifPresent(subscriber::report);
                subscriber.logPosition.told(page.known());
            }
            return this;
        }

        @Override
        Phase missed(Subscriber subscriber, LogGap gap) {
            return subscriber.readMissed(gap);
        }

        @Override
        Step next(Subscriber subscriber, boolean withHook) {
            if (subscriber.inHook > 0) {
                return Step.NONE;
            }
            if (replay.pending() == 0) {
                return Step.READ_LOG;
            }
            return withHook ? Step.CALL_HOOK : Step.NONE;
        }

        @Override
        boolean isDelivering() {
            return true;
        }
    }

    /** Messages of the ring are sent. */
    private abstract static sealed class Live extends Phase {
        /** The next message of the ring is gone. */
        abstract Phase fellBehind(Subscriber subscriber);

        @Override
        Phase arrival(Subscriber subscriber) throws IOException {
            return subscriber.writePending(this);
        }

        @Override
        Phase writable(Subscriber subscriber, boolean withHook) throws IOException {
            return withHook ? this : subscriber.writePending(this);
        }

        @Override
        Step next(Subscriber subscriber, boolean withHook) {
            return withHook && subscriber.inHook == 0 && subscriber.left() > 0 ? Step.CALL_HOOK : Step.NONE;
        }

        @Override
        boolean isDelivering() {
            return true;
        }
    }

    /** Messages that are gone from the ring are read from the log. */
    private static final class LiveInLog extends Live {
        @Override
        Phase fellBehind(Subscriber subscriber) {
            return subscriber.readAgain();
        }

        @Override
        Phase missed(Subscriber subscriber, LogGap gap) {
            return subscriber.readMissed(gap);
        }
    }

    /** Nothing is stored: messages that are gone from the ring are lost. */
    private static final class LiveWithoutLog extends Live {
        @Override
        Phase fellBehind(Subscriber subscriber) {
            subscriber.skipLost();
            return this;
        }

        @Override
        Phase missed(Subscriber subscriber, LogGap gap) {
            GapReason reason = gap.epoch().isPresent() ? GapReason.EPOCH : GapReason.EXPIRED;
            subscriber.report(Gaps.withoutId(reason, subscriber.interest().channels.texts()));
            return this;
        }
    }

    /** The last bytes are sent; nothing is added to them. */
    private static final class LastBytes extends Phase {
        @Override
        Step next(Subscriber subscriber, boolean withHook) {
            return Step.RELEASE;
        }
    }

    /** The channel is closed or returned. */
    private static final class Ended extends Phase {
        @Override
        Step deadline(Subscriber subscriber, long now) {
            return Step.NONE;
        }
    }

    private static final Live LIVE = new LiveInLog();
    private static final Phase SCRIPT_REPLAY = new ScriptReplay(LIVE);
    private static final Phase SCRIPT_REPLAY_WITHOUT_LOG = new ScriptReplay(new LiveWithoutLog());
    private static final Phase LAST_BYTES = new LastBytes();
    private static final Phase ENDED = new Ended();

    private final long number;
    private final Subscription subscription;
    private final StreamOwner owner;
    private final DeliveryContext context;
    private final ClientConnection connection;
    private final long opened;
    private final LogPosition logPosition;
    private Phase phase;
    /** How it is to end, once it has what was published before; null as long as it goes on. */
    private @Nullable Ending ending;
    /** The channels it asks for; set when it joins. */
    private @Nullable Interest interest;
    /** The ring of the streams with the same channels; set when it has arrived at its delivery thread. */
    private Ring ring = NO_RING;
    /** The next message of the ring to take. */
    private long cursor;
    /** Its index in the group of streams with the same channels. */
    private int groupIndex;
    /** Its index in the {@link SubscriberTable}. */
    private int tableIndex;
    /** How many of its messages are on their way through the {@code message} hook. */
    private int inHook;
    /** When it is ended, unless it has been ended for that. */
    private long expires;
    /** Whether a comment is to mark the end of its replay, and has not been sent. */
    private boolean marksReplay;
    /** Whether what is published is for it, and it is counted. */
    private boolean joined = true;
    /** Whether it takes messages of the ring of its group. */
    private boolean grouped = true;
    /** Whether it waits for the {@code message} hook to be called, without its group. */
    private boolean awaitsHook;
    /** Whether {@code catchup} has returned, so that {@code unsubscribe} may follow. */
    private boolean caughtUp;
    /** Whether {@code unsubscribe} has been called, or need not be. */
    private boolean unsubscribed;
    /** Its maximum lifetime has passed, and at this time it ends without a result of the hooks. */
    private long latestEnd = NEVER;
    /** The messages that did not arrive; null if there never was any. */
    private @Nullable MissedMessages missed;
    /** The messages of the ring that its client may have received already; null once that is impossible. */
    private @Nullable ReplayOverlap overlap;

    Subscriber(long number, Subscription subscription, StreamChannel channel, StreamOwner owner, Request request,
            DeliveryContext context, long now) {
        this.number = number;
        this.subscription = subscription;
        this.owner = owner;
        this.context = context;
        this.connection = new ClientConnection(context, channel, request.inEnvelopes(), request.compression(), now);
        this.opened = now;
        if (request.epoch().isPresent()) {
            this.logPosition = new LogPosition(request.epoch().get());
            this.phase = SCRIPT_REPLAY;
        } else {
            this.logPosition = LogPosition.NONE;
            this.phase = SCRIPT_REPLAY_WITHOUT_LOG;
        }
        this.marksReplay = request.marksReplay();
        this.expires = request.expires().orElse(NEVER);
    }

    @Override
    public void joined(Interest with, long latest) {
        interest = with;
        logPosition.reached(latest);
    }

    /** {@return what hooks know about it; any thread} */
    public Subscription subscription() {
        return subscription;
    }

    /** {@return whether messages come as JSON that names their channel; any thread} */
    public boolean isInEnvelopes() {
        return connection.isInEnvelopes();
    }

    /** The number of the stream in this run of the server. */
    long number() {
        return number;
    }

    StreamOwner owner() {
        return owner;
    }

    Interest interest() {
        return Objects.requireNonNull(interest);
    }

    long opened() {
        return opened;
    }

    /** How many messages have been written completely. */
    long messages() {
        return connection.messages();
    }

    /** How many bytes have been written. */
    long bytes() {
        return connection.bytes();
    }

    /** The client, for the log. */
    String client() {
        return ClientName.of(owner, connection.channel());
    }

    /** Whether it is counted, and receives what is published. */
    boolean isJoined() {
        return joined;
    }

    /** Whether it takes messages of the ring of its group. */
    boolean isGrouped() {
        return grouped;
    }

    boolean isStalled() {
        return connection.isStalled();
    }

    /** Whether {@code catchup} has returned. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    boolean hasEnded() {
        return phase == ENDED;
    }

    // The tables that it is in

    /** It is at this index of the table from now on. */
    void movedInTable(int index) {
        tableIndex = index;
    }

    int tableIndex() {
        return tableIndex;
    }

    /** It joins a group, and its first message is the next one of the ring. */
    void enter(Ring of, int index) {
        ring = of;
        cursor = of.head();
        groupIndex = index;
    }

    /** It is at this index of the group from now on. */
    void movedInGroup(int index) {
        groupIndex = index;
    }

    int groupIndex() {
        return groupIndex;
    }

    /** It waits for the {@code message} hook to be called. Whether that is new. */
    boolean awaitHook() {
        boolean isNew = !awaitsHook;
        awaitsHook = true;
        return isNew;
    }

    /** It waits no longer for the {@code message} hook to be called. */
    void hookCalled() {
        awaitsHook = false;
    }

    // Events

    /** The stream has joined: sends its first bytes. */
    void begin(Selector selector, byte[] head) throws IOException {
        connection.begin(selector, this, head);
        setDeadline(context.now());
    }

    /** This key watches the connection from now on. */
    void watch(SelectionKey key) {
        connection.watch(key);
    }

    /** Whether no message waits for the hook or for the client. */
    boolean isFree() {
        return inHook == 0 && connection.isFree();
    }

    /** Whether it is free to take messages. */
    boolean canTake() {
        return isFree() && phase.isDelivering();
    }

    /** Messages have arrived in the ring, and it {@linkplain #isFree is free}. */
    Step arrival() throws IOException {
        phase = phase.arrival(this);
        return next(false);
    }

    /**
     * The client accepts data, or there is something new to write.
     *
     * @param withHook whether messages go through the {@code message} hook
     */
    Step writable(boolean withHook) throws IOException {
        if (!connection.flush()) {
            return Step.NONE;
        }
        Phase before;
        do {
            before = phase;
            if (inHook == 0) {
                phase = before.writable(this, withHook);
            }
        } while (phase != before && !connection.isStalled());
        if (connection.isAnyWaiting() && !connection.isStalled()) {
            connection.flush(); // the mark at the end of a replay, behind which nothing may follow for long
        }
        ring.settle();
        return next(withHook);
    }

    /** Reads what the client has sent. Why the stream has to end, if it has to. */
    Optional<EndReason> readable() throws IOException {
        return connection.read();
    }

    /** Sends what the channel responds to the client by itself. */
    void flushResponse() throws IOException {
        connection.flushResponse();
    }

    /**
     * A page of the log has been read.
     *
     * @param withHook whether its messages go through the {@code message} hook; if not, they are written at once, and the next page may be
     *        read meanwhile
     */
    Step page(Replay of, ReplayPage page, boolean withHook) {
        phase = phase.page(this, of, page);
        return !withHook && of.pending() > 0 ? Step.READ_LOG : Step.NONE;
    }

    /** A deadline has passed. */
    Step deadline(long now) throws IOException {
        return phase.deadline(this, now);
    }

    private Step due(long now) throws IOException {
        long writeTimeout = context.config.writeTimeout().toNanos();
        if (isStalled() && writeTimeout > 0 && now - connection.stalledSince() >= writeTimeout) {
            return Step.CLOSE_SLOW_CONSUMER;
        }
        if (expires != NEVER && now - expires >= 0) {
            expires = NEVER;
            return Step.EXPIRE;
        }
        if (isEndingLate(now)) {
            return Step.GIVE_UP;
        }
        long timeout = context.config.timeout().toNanos();
        if (latestEnd == NEVER && timeout > 0 && now - opened >= timeout) {
            latestEnd = now + WAIT_FOR_HOOKS;
            return Step.TIME_OUT;
        }
        if (isWaitingForTimeoutHook() && now - latestEnd >= 0) {
            return Step.TIME_OUT_WITHOUT_HOOK;
        }
        long keepAlive = context.config.keepAlive().toNanos();
        if (!connection.isAnyWaiting() && keepAlive > 0 && now - connection.lastWrite() >= keepAlive) {
            connection.sendKeepAlive();
        }
        return Step.NONE;
    }

    /** Sets the next deadline, unless one is set that is no later. */
    void setDeadline(long now) {
        long next = isStalled()
                ? sooner(Long.MAX_VALUE, connection.stalledSince(), context.config.writeTimeout().toNanos(), now)
                : sooner(Long.MAX_VALUE, connection.lastWrite(), context.config.keepAlive().toNanos(), now);
        if (latestEnd == NEVER) {
            next = sooner(next, opened, context.config.timeout().toNanos(), now);
        } else if (isWaitingForTimeoutHook()) {
            next = Math.min(next, latestEnd - now);
        }
        if (expires != NEVER) {
            next = Math.min(next, expires - now);
        }
        Ending end = ending;
        if (end != null && isWaitingToEnd()) {
            next = Math.min(next, end.deadline() - now);
        }
        if (next != Long.MAX_VALUE && context.deadlines.isLater(this, now + next)) {
            context.deadlines.set(this, now + next);
        }
    }

    private static long sooner(long left, long since, long limit, long now) {
        return limit == 0 ? left : Math.min(left, since + limit - now);
    }

    private Step next(boolean withHook) {
        return connection.isStalled() ? Step.NONE : phase.next(this, withHook);
    }

    // The start

    /** {@code catchup} has returned. Whether the stream goes on with what follows. */
    boolean catchUp() {
        caughtUp = true;
        return phase instanceof ScriptReplay;
    }

    /** Sends messages of a replay, and no live ones yet. */
    void replay(List<byte[]> frames) {
        frames.forEach(connection::addReplayed);
    }

    /**
     * The replay is sent. Live messages follow.
     *
     * @param ids those of the replay
     * @param latestCall the latest {@code publish} call of which the replay may know
     * @param lastSeen what the client has seen last, if it may have seen messages that have been published since
     */
    void goLive(Set<String> ids, long latestCall, Optional<String> lastSeen) {
        ReplayOverlap replayed = new ReplayOverlap(ids, latestCall);
        overlap = replayed;
        lastSeen.ifPresent(id -> skipSeen(id, replayed));
        goLive();
    }

    /** Finds the message in the ring that the client has seen last: what began to be published before, it has seen, too. */
    private void skipSeen(String lastEventId, ReplayOverlap seen) {
        for (long sequence = cursor; sequence < ring.head(); sequence++) {
            Entry entry = ring.get(sequence);
            if (entry != null && entry.publication.message().id().filter(lastEventId::equals).isPresent()) {
                seen.seen(entry, sequence);
            }
        }
    }

    /** Sends live messages, and none of the log. */
    void goLive() {
        markReplay();
        phase = phase.live();
    }

    /** Sends messages of the log, then live ones. What is committed after the position is in the ring, or on the way there. */
    void replay(ReplayStart start, long upTo) {
        start.gap().ifPresent(this::report);
        logPosition.set(start, subscription.lastEventId());
        if (start.after() > upTo && subscription.lastEventId().isPresent()) {
            logPosition.skipUpTo(start.after()); // another node has sent it what is still on the way to this one
        }
        phase = new LogReplay(new Replay(start.after(), Math.max(start.after(), upTo), 0));
    }

    /** Marks the end of the replay, once, if its client has requested that. */
    private void markReplay() {
        if (marksReplay) {
            marksReplay = false;
            connection.addControl(context.format.caughtUp());
        }
    }

    // Messages that the client may have seen

    /** Whether messages that are in the ring, or still to come, may have been in the replay of the script. */
    boolean overlapsScriptReplay() {
        return overlap != null;
    }

    /** Whether all messages that may have been in the replay have been published, and are in the ring after the next arrival. */
    boolean isOverlapPublished(DecisionSequence calls) {
        ReplayOverlap replayed = overlap;
        return replayed != null && !replayed.isEmpty() && !replayed.hasEnd() && calls.allClosed(replayed.latestCall());
    }

    /** All messages that may have been in the replay are in the ring. */
    void endOverlap() {
        if (overlap != null) {
            overlap.endBefore(ring.head());
        }
    }

    /** Forgets the replay once no message can be one of it. */
    void dropOverlap() {
        ReplayOverlap replayed = overlap;
        if (replayed != null && (replayed.isEmpty() || replayed.isBehind(cursor))) {
            overlap = null;
        }
    }

    private boolean overlapsReplay() {
        return overlap != null || logPosition.hasSeenAhead();
    }

    /** Whether the replay had this message of the ring already, or the client even before. */
    private boolean wasReplayed(Entry entry, long sequence) {
        if (logPosition.wasSeen(entry)) {
            return true;
        }
        return overlap != null && overlap.contains(entry, sequence);
    }

    // Messages of the ring

    /** Writes what is pending in the ring, all in one write where that is possible. */
    private Phase writePending(Live live) throws IOException {
        if (overlapsReplay()) {
            Phase next = queuePending(live);
            connection.flush();
            return next;
        }
        long head = end();
        while (cursor < head && !connection.isStalled()) {
            if (hasLost()) {
                Phase next = live.fellBehind(this);
                if (next != live) {
                    return next;
                }
            }
            if (connection.isAnyWaiting()) { // a notice of what was not there
                connection.flush();
            } else if (cursor < head) {
                write(head);
            }
        }
        if (cursor >= head) {
            hasAll();
        }
        return live;
    }

    private void write(long head) throws IOException {
        FrameWindow window = connection.window(ring);
        ByteBuffer slice = window.slice(cursor, head);
        if (slice == null) {
            writeAlone();
            return;
        }
        long end = connection.write(window, cursor, slice);
        if (end > cursor) {
            taken(end, window.entry(end - 1));
        }
    }

    /** A message that has no room in a window. */
    private void writeAlone() throws IOException {
        Entry entry = ring.get(cursor);
        if (entry != null) { // or it has just expired
            connection.add(entry);
            taken(cursor + 1, entry);
            connection.flush();
        }
    }

    /** Lets what is pending in the ring wait to be written. */
    private Phase queuePending(Live live) {
        return take(live, Integer.MAX_VALUE, Long.MAX_VALUE, null);
    }

    /**
     * Takes messages for the {@code message} hook. It {@linkplain #canTake can}.
     *
     * @param taken to add them to
     */
    Step takeForHook(List<Entry> taken) {
        int before = taken.size();
        switch (phase) {
            case LogReplay log -> takeForHook(log.replay, taken);
            case Live live -> phase = take(live, TOGETHER, BYTES_TOGETHER, taken);
            default -> throw new IllegalStateException("takes no messages in this phase: " + phase);
        }
        inHook += taken.size() - before;
        return next(true);
    }

    private void takeForHook(Replay replay, List<Entry> taken) {
        long bytesLeft = BYTES_TOGETHER;
        for (int i = 0; i < TOGETHER && replay.pending() > 0 && bytesLeft > 0; i++) {
            Entry entry = takeOfReplay(replay);
            taken.add(entry);
            bytesLeft -= entry.frame.length;
        }
    }

    /** Takes the next message of a page. */
    private Entry takeOfReplay(Replay replay) {
        Entry entry = replay.take();
        logPosition.taken(entry);
        return entry;
    }

    /**
     * Takes messages of the ring, but for those that the client has received elsewhere.
     *
     * @param forHook to add them to; null to let them wait to be written
     */
    private Phase take(Live live, int max, long maxBytes, @Nullable List<Entry> forHook) {
        int left = max;
        long bytesLeft = maxBytes;
        while (left() > 0 && left > 0 && bytesLeft > 0) {
            if (hasLost()) {
                Phase next = live.fellBehind(this);
                if (next != live) {
                    return next;
                }
            }
            long end = cursor;
            Entry last = null;
            while (end < end() && left > 0 && bytesLeft > 0) {
                Entry entry = ring.get(end);
                if (entry == null) {
                    break;
                }
                if (wasReplayed(entry, end)) {
                    entry.skipped();
                } else {
                    if (forHook == null) {
                        connection.add(entry);
                    } else {
                        forHook.add(entry);
                    }
                    left--;
                    bytesLeft -= entry.frame.length;
                    if (!entry.notice) {
                        logPosition.arrivedBehindSeen();
                    }
                }
                last = entry;
                end++;
            }
            if (last != null) {
                taken(end, last); // at once, so that streams that take the same are counted together
            }
        }
        if (left() <= 0) {
            hasAll();
        }
        return live;
    }

    /** It has taken all up to this message of the ring, the last of them being this. */
    private void taken(long end, Entry last) {
        ring.delivered(cursor, end);
        Entry message = last.notice ? lastMessage(end) : last;
        if (message != null) {
            logPosition.taken(message);
        }
        cursor = end;
    }

    /** The last of the next messages that is no notice, or null. */
    private @Nullable Entry lastMessage(long end) {
        for (long sequence = end - 1; sequence >= cursor; sequence--) {
            Entry entry = ring.get(sequence);
            if (entry != null && !entry.notice) {
                return entry;
            }
        }
        return null;
    }

    /** Counts what it has been sent so far. */
    void settle() {
        ring.settle();
    }

    /** The end of the messages of the ring that are for it. */
    private long end() {
        return ending == null ? ring.head() : ending.upTo();
    }

    /** How many more messages of the ring are for it. */
    long left() {
        return end() - cursor;
    }

    /** The {@linkplain dev.tinysse.broker.dispatch.QueuedEntry#weight() weight} of the messages of the ring that it has not taken. */
    long weightLeft() {
        return ring.weightFrom(cursor);
    }

    /** The messages of the ring have new numbers; some that it has not taken are gone. */
    void renumber(LongUnaryOperator numbers) {
        long moved = numbers.applyAsLong(cursor);
        if (moved != cursor) {
            missed().renumbered(moved - cursor);
            cursor = moved;
        }
        if (overlap != null) {
            overlap.renumber(numbers);
        }
        if (ending != null) {
            ending = ending.renumbered(numbers);
        }
    }

    // Messages of the log, and lost ones

    /** Whether the next message of the ring is gone. */
    private boolean hasLost() {
        return renumbered() != 0 || ring.get(cursor) == null;
    }

    /** How many messages went while those of the ring got new numbers, and are neither counted as lost, nor to be read again. */
    private long renumbered() {
        return missed == null ? 0 : missed.renumbered();
    }

    /** Continues with the oldest available message, without history. */
    private void skipLost() {
        long from = cursor;
        long next = from;
        while (next < end() && ring.get(next) == null) {
            next++;
        }
        ring.taken(from, next);
        cursor = next;
        long renumbered = missed().takeRenumbered();
        lose(next - from + renumbered);
        if (context.config.channels()) {
            report(Gaps.withoutId(GapReason.EXPIRED, ring.lostFrom(from - renumbered)));
        }
    }

    /** Reads the log from its last message on, up to the latest that has arrived. */
    private Phase readAgain() {
        Replay replay = readUpToNow(unread());
        return replay.isComplete() ? replayed(replay) : new LogReplay(replay);
    }

    /** How many messages there are for it. Of those that are gone none counts if its client may have seen them elsewhere. */
    private long unread() {
        if (!logPosition.hasSeenAhead()) {
            return ring.head() - cursor + renumbered();
        }
        long unread = 0;
        for (long sequence = Math.max(cursor, ring.oldest()); sequence < ring.head(); sequence++) {
            Entry entry = ring.get(sequence);
            unread += entry == null || entry.notice || logPosition.wasSeen(entry) ? 0 : 1;
        }
        return unread;
    }

    /** Reads the log up to the latest message that has arrived, and continues in the ring behind it. */
    private Replay readUpToNow(long expected) {
        long position = position();
        ring.taken(cursor, ring.head());
        if (missed != null) {
            missed.takeRenumbered();
        }
        cursor = ring.head();
        return new Replay(position, Math.max(position, context.arrivedUpTo()), expected);
    }

    private Phase replayed(Replay replay) {
        logPosition.reached(replay.upTo);
        if (replay.lost() > 0) {
            lose(replay.lost());
        }
        hasAll();
        markReplay();
        return LIVE;
    }

    /** Whether it reads pages for this. */
    boolean isReading(Replay replay) {
        return phase instanceof LogReplay log && log.replay == replay;
    }

    /** The replay that it reads pages for. */
    Optional<Replay> replay() {
        return phase instanceof LogReplay log ? Optional.of(log.replay) : Optional.empty();
    }

    /** The page to read next, also while its client is sent the one before; empty if it is being read, or there is none. */
    Optional<ReplayReader.Request> nextPage() {
        return replay().filter(Replay::beginReading).map(replay -> new ReplayReader.Request(interest().channels,
                replay.readAfter(), replay.upTo, logPosition.known(), epoch(),
                replay.lastPending().map(entry -> entry.id).orElseGet(this::lastId)));
    }

    private Optional<String> lastId() {
        return logPosition.lastId().or(() -> logPosition.position() == 0
                ? Optional.empty()
                : Optional.of(EventId.of(epoch(), logPosition.position()).toString()));
    }

    /** The position in the log; one that joined before anything was handed on is behind what was there before. */
    private long position() {
        if (logPosition.position() == 0 && phase instanceof Live) {
            logPosition.reached(recovered());
        }
        return logPosition.position();
    }

    /** Known by now, for something has been handed on. */
    private long recovered() {
        try {
            return context.log.recovered();
        } catch (LogException e) {
            return 0; // reading fails for the same reason
        }
    }

    private String epoch() {
        return logPosition.epoch(context.log.epoch());
    }

    /** Messages do not come, of which some may be lost. */
    void missed(LogGap gap) {
        missed().add(gap);
    }

    /** Whether messages did not come that it neither reads nor has reported in a gap. */
    boolean hasMissed() {
        return missed != null && missed.hasGap() && phase.isDelivering();
    }

    /**
     * Messages did not come, up to the latest position that has arrived: reads them if they are stored. If they are not, or are unknown,
     * the client receives a gap.
     */
    void reportMissed() {
        if (!hasMissed() || inHook > 0) {
            return;
        }
        LogGap gap = missed().takeGap();
        if (gap != null) {
            phase = phase.missed(this, gap);
        }
    }

    private Phase readMissed(LogGap gap) {
        gap.epoch().filter(epoch -> !epoch.equals(epoch())) // its client may already know that one, from its id or a gap
                .ifPresent(epoch -> reportEpoch(epoch, gap.upTo()));
        return new LogReplay(readUpToNow(0));
    }

    private void reportEpoch(String epoch, long mark) {
        Gap gap = Gaps.behind(position(), epoch, mark, interest().channels, lastId(), GapReason.EPOCH,
                interest().channels.texts());
        report(gap);
        logPosition.told(epoch, mark, gap.id().orElseThrow());
    }

    private void report(Gap gap) {
        connection.addGap(context.format.gap(gap), gap.reason());
    }

    /** Counts messages that it has lost, and logs the first of a burst. */
    private void lose(long messages) {
        context.losses.add(messages);
        if (missed().lose(messages)) {
            LOG.log(Level.WARNING, "slow consumer lost messages: lost=%d capacity=%d client=%s lost-total=%d"
                    .formatted(messages, context.config.capacity(), client(), context.losses.sum()));
        }
    }

    private MissedMessages missed() {
        MissedMessages all = missed;
        if (all == null) {
            all = new MissedMessages();
            missed = all;
        }
        return all;
    }

    /** It has all that there is: what it loses later is another burst. */
    private void hasAll() {
        if (missed != null) {
            missed.caughtUp();
        }
    }

    /** How many messages were lost for having been too far behind. */
    long lost() {
        return missed == null ? 0 : missed.lost();
    }

    /** How many messages were published for it that it has not been sent, as far as that is known. */
    long untaken() {
        Ending end = ending;
        if (end != null && end.undecided() > 0) {
            return connection.waitingMessages() + end.undecided();
        }
        long untaken = (long) connection.waitingMessages() + inHook;
        if (!grouped) {
            return untaken;
        }
        untaken += replay().map(Replay::pending).orElse(0);
        untaken += left() + renumbered();
        if (overlapsReplay()) {
            for (long sequence = Math.max(cursor, ring.oldest()); sequence < end(); sequence++) {
                Entry entry = ring.get(sequence);
                if (entry != null && wasReplayed(entry, sequence)) {
                    untaken--;
                }
            }
        }
        return untaken;
    }

    // Results of the message hook

    /** So many of its messages have come out of the hook. Whether the results are to be sent. */
    boolean decided(int count) {
        inHook -= count;
        return phase.isDelivering();
    }

    /** The hook was not called. */
    void hookFailed() {
        inHook = 0;
    }

    /** Adds the frame that the hook has made of a message, or the message's own. */
    void addDecided(Entry entry, byte[] frame) {
        connection.addDecided(entry, frame, phase instanceof LogReplay);
    }

    /**
     * Writes the results of the hook.
     *
     * @param made whether the hook has made frames
     */
    void writeDecided(boolean made) throws IOException {
        if (!connection.flush() && made) {
            connection.hold();
        }
    }

    // The end

    /** Whether its last bytes are being sent, or have been. */
    boolean isEnding() {
        return phase == LAST_BYTES || phase == ENDED;
    }

    /** Whether it receives messages of the ring. */
    boolean isLive() {
        return phase instanceof Live;
    }

    /** Whether it has all messages of the ring, none of which is on its way. */
    boolean hasAllOfRing() {
        return phase instanceof Live && canTake() && cursor == ring.head();
    }

    /** Whether messages of it are on their way through the {@code message} hook. */
    boolean isInHook() {
        return inHook > 0;
    }

    /** Whether it is to end, and waits for the {@code message} hook to decide what was published before. */
    boolean isWaitingToEnd() {
        return ending != null && phase.isDelivering();
    }

    /** Whether the client accepts no data, and bytes that are for it alone wait. */
    boolean isHolding() {
        return connection.isHolding();
    }

    /** Since when its client has accepted no data, if it does not. */
    long stalledSince() {
        return connection.stalledSince();
    }

    /** Counts the bytes that are for its client alone, if that does not accept them. */
    void hold() {
        if (phase != ENDED) {
            connection.hold();
        }
    }

    /** Whether it waits for the {@code message} hook, and for too long. */
    boolean isEndingLate(long now) {
        Ending end = ending;
        return end != null && isWaitingToEnd() && now - end.deadline() >= 0;
    }

    /** Whether its maximum lifetime has passed, and the {@code timeout} hook has not returned. */
    private boolean isWaitingForTimeoutHook() {
        return latestEnd != NEVER && ending == null;
    }

    /**
     * It is to end.
     *
     * @param bytes what its client gets last
     */
    void endWith(EndReason reason, byte[] bytes, long now) {
        long left = switch (reason) {
            case EXPIRED, STOP -> 0;
            case TIMEOUT -> latestEnd - now;
            default -> WAIT_FOR_HOOKS;
        };
        Ending before = ending;
        if (before != null) {
            left = Math.min(left, before.deadline() - now);
        }
        ending = new Ending(reason, bytes, end(), now + left, 0);
    }

    private Ending ending() {
        return Objects.requireNonNull(ending);
    }

    /** Why it is to end. */
    EndReason endReason() {
        return ending().reason();
    }

    /** It is to end for this reason, and does not wait for what the client has not been sent. */
    void giveUp(EndReason reason) {
        Ending before = ending();
        ending = new Ending(reason, before.bytes(), before.upTo(), before.deadline(),
                untaken() - connection.waitingMessages());
    }

    /** Lets what is pending in the ring wait to be written; nothing follows. */
    void queueLast() {
        if (phase instanceof Live live) {
            queuePending(live);
        }
    }

    /** Nothing follows but the last bytes. */
    void endNow() {
        phase = LAST_BYTES;
        connection.addEnd(ending().bytes());
    }

    /** The end of the messages of the ring that count it. */
    long countedUpTo() {
        return joined ? ring.head() : end();
    }

    /** What is published from now on is not for it. Whether that is new. */
    boolean depart() {
        boolean isNew = joined;
        joined = false;
        return isNew;
    }

    /** It takes no more messages of the ring. Whether that is new. */
    boolean leaveGroup() {
        boolean isNew = grouped;
        grouped = false;
        return isNew;
    }

    /** It is not in its group any more: counts the messages up to this number as taken. */
    void leaveRing(long end) {
        ring.taken(cursor, end);
        ring.trim();
    }

    /** It has ended. */
    void ended() {
        phase = ENDED;
        context.deadlines.clear(this);
        connection.ended();
    }

    /** The hook learns now that the stream is gone. Whether that is new. */
    boolean unsubscribe() {
        boolean isNew = !unsubscribed;
        unsubscribed = true;
        return isNew;
    }

    /** Closes the connection. */
    void closeConnection() {
        connection.close();
    }

    /** Takes the connection out of the selector. */
    void unwatch() {
        connection.unwatch();
    }

    /** Returns the channel to its owner, once the selector has let go of it. */
    void returnChannel() {
        connection.returnTo(owner);
    }
}
