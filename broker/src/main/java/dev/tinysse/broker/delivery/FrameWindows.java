package dev.tinysse.broker.delivery;

import dev.tinysse.broker.stream.StreamFormat;

/** The {@link FrameWindow} of each form of frames that some stream has wanted. One thread only. */
final class FrameWindows {
    private final StreamFormat format;
    /** By form: of events and of envelopes, then of both compressed. */
    private final FrameWindow[] windows = new FrameWindow[4];

    FrameWindows(StreamFormat format) {
        this.format = format;
        this.windows[0] = new FrameWindow(format, false, false);
    }

    /** The window of a form, which shows this ring. */
    FrameWindow of(Ring ring, boolean envelopes, boolean compressed) {
        int form = (envelopes ? 1 : 0) + (compressed ? 2 : 0);
        FrameWindow window = windows[form];
        if (window == null) {
            window = new FrameWindow(format, envelopes, compressed);
            windows[form] = window;
        }
        window.show(ring);
        return window;
    }

    /** The messages of some ring have new numbers. */
    void clear() {
        for (FrameWindow window : windows) {
            if (window != null) {
                window.clear();
            }
        }
    }
}
