package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.replay.ReplayPage;
import java.util.List;
import java.util.Optional;

/**
 * The way of one stream through the log, page by page, until it can go on with what its group has. The stream's fan-out thread alone
 * touches it.
 */
final class Replay {
    private static final ReplayPage NO_PAGE = new ReplayPage(Optional.empty(), 0, List.of(), 0, false);

    /** Up to where: from there on everything is in the ring. */
    public final long upTo;
    /** How many messages there were, if the stream fell behind; 0 if that is not known. */
    private final long expected;
    private long after;
    private long delivered;
    private ReplayPage page = NO_PAGE;
    private int next;
    /** Behind this position the next page begins. */
    private long readAfter;
    /** Whether a page is being read. */
    private boolean reading;
    /** Whether the page that is being read is of no use any more. */
    private boolean outdated;

    public Replay(long after, long upTo, long expected) {
        this.after = after;
        this.readAfter = after;
        this.upTo = upTo;
        this.expected = expected;
    }

    /** The position behind which the page begins that is to be read. */
    public long readAfter() {
        return readAfter;
    }

    /** Whether there is a page to be read, which then is under way; the next one may be while a page is being taken. */
    public boolean beginReading() {
        if (reading || readAfter >= upTo) {
            return false;
        }
        reading = true;
        outdated = false;
        return true;
    }

    /**
     * A page has been read, and the one before has been taken or dropped.
     *
     * @return whether it is of use
     */
    public boolean page(ReplayPage read) {
        reading = false;
        if (outdated) {
            return false;
        }
        page = read;
        next = 0;
        readAfter = read.complete() ? upTo : read.through();
        finishPage();
        return true;
    }

    /** The message this far behind the next one, less than {@link #pending}. */
    public Entry peek(int ahead) {
        return page.entries().get(next + ahead);
    }

    /** The last message of the page that has not been taken, if there is one. */
    Optional<Entry> lastPending() {
        return pending() == 0 ? Optional.empty() : Optional.of(page.entries().getLast());
    }

    /** The next message has been taken. */
    public Entry take() {
        Entry entry = page.entries().get(next++);
        after = entry.position;
        delivered++;
        finishPage();
        return entry;
    }

    /** Forgets what is left of the page: it is read again when the client takes bytes again. */
    public void dropPage() {
        page = NO_PAGE;
        next = 0;
        readAfter = after;
        outdated = true;
    }

    /** How many messages of the page have not been taken. */
    public int pending() {
        return page.entries().size() - next;
    }

    /** Whether everything up to the end has been taken. */
    public boolean isComplete() {
        return after >= upTo;
    }

    /** How many messages were there when the stream fell behind, and could not be read any more. */
    public long lost() {
        return Math.max(0, expected - delivered);
    }

    private void finishPage() {
        if (next == page.entries().size()) {
            after = page.complete() ? upTo : Math.max(after, page.through());
            page = NO_PAGE;
            next = 0;
        }
    }
}
