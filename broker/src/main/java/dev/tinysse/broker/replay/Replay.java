package dev.tinysse.broker.replay;

import dev.tinysse.broker.dispatch.Entry;

/**
 * The way of one stream through the log, page by page, until it can go on with what its group has. The stream's fan-out thread alone
 * touches it.
 */
public final class Replay {
    /** Up to where: from there on everything is in the ring. */
    public final long upTo;
    /** How many messages there were, if the stream fell behind; 0 if that is not known. */
    private final long expected;
    private long after;
    private long delivered;
    private ReplayPage page;
    private int next;
    /** Whether a page is being read. */
    private boolean reading;

    public Replay(long after, long upTo, long expected) {
        this.after = after;
        this.upTo = upTo;
        this.expected = expected;
    }

    /** The position behind which to go on. */
    public long after() {
        return after;
    }

    /** Whether a page has to be read, which then is under way. */
    public boolean beginReading() {
        if (reading || page != null || isComplete()) {
            return false;
        }
        reading = true;
        return true;
    }

    /** A page has been read. */
    public void page(ReplayPage read) {
        reading = false;
        page = read;
        next = 0;
        finishPage();
    }

    /** The message this far behind the next one, or null. */
    public Entry peek(int ahead) {
        return page == null || next + ahead >= page.entries().size() ? null : page.entries().get(next + ahead);
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
        page = null;
    }

    /** How many messages of the page have not been taken. */
    public int pending() {
        return page == null ? 0 : page.entries().size() - next;
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
            page = null;
        }
    }
}
