package dev.tinysse.jinja;

/**
 * The limits of a rendering. They are checked at every loop round, statement, call and growth of text, so a template
 * cannot run or grow for long without it; whatever it throws ends the rendering and reaches the caller as it is.
 *
 * <p>Called by the thread that renders.
 */
public interface Budget {

    /** Allows everything. */
    Budget UNLIMITED = new Budget() {
        @Override
        public void step() {}

        @Override
        public void allocate(long bytes) {}
    };

    /** Takes note of one small piece of work. */
    void step();

    /**
     * Takes note of memory before it is used.
     *
     * @param bytes an estimate, 0 or more
     */
    void allocate(long bytes);
}
