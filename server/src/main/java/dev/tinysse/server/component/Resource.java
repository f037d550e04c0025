package dev.tinysse.server.component;

/**
 * A component that works from its construction on.
 *
 * @param resource closed at the stop
 */
record Resource(AutoCloseable resource) implements Component {
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        try {
            resource.close();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
