package dev.tinysse.server.component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A list of components. They start in its order, and stop in the opposite order. One thread at a time calls it. */
public final class Components {
    private final List<Component> all = new ArrayList<>();

    /** Adds a component, and returns it. */
    public <C extends Component> C add(C component) {
        all.add(component);
        return component;
    }

    /** Adds a part that needs no start; its resources are released at the stop. */
    public <R extends AutoCloseable> R addResource(R resource) {
        all.add(new Resource(resource));
        return resource;
    }

    /**
     * Starts all components, or none: if one of them fails, all of them stop.
     *
     * @throws StartException if a component cannot start
     */
    public void start() throws StartException {
        try {
            for (Component component : all) {
                component.start();
            }
        } catch (StartException | RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    /** Stops all components without waiting for their work. */
    public void release() {
        try {
            stop(Deadline.in(Duration.ZERO));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops all components.
     *
     * @param deadline for all of them
     * @throws InterruptedException if the thread is interrupted
     */
    public void stop(Deadline deadline) throws InterruptedException {
        for (Component component : all.reversed()) {
            component.stop(deadline);
        }
    }
}
