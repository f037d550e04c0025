package dev.tinysse.server.plugins;

import java.util.function.Supplier;

/**
 * Calls into a plugin, with the plugin's class loader as the thread's context class loader: libraries look there for services, and
 * would otherwise find the server's. Any thread may call.
 *
 * @param loader of the plugin
 */
record InPlugin(ClassLoader loader) {

    void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    <T> T call(Supplier<T> work) {
        return attempt(work::get);
    }

    <T, E extends Exception> T attempt(Attempt<T, E> work) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A call that may fail. */
    interface Attempt<T, E extends Exception> {
        T get() throws E;
    }
}
