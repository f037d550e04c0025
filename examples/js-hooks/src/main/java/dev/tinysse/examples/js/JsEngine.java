package dev.tinysse.examples.js;

import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * One context of JavaScript. Any thread may call; one call runs at a time, and a call that sleeps lets others run meanwhile.
 */
final class JsEngine implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Context context;
    private final HookContext server;
    private final String file;
    private final TimeLimit limit;

    /** @param file what errors call the script */
    JsEngine(String file, boolean unsafe, HookContext server) {
        this.file = file;
        this.server = server;
        // without further rights: no files, no network, no threads, no Java
        context = Context.newBuilder("js").allowAllAccess(unsafe).option("engine.WarnInterpreterOnly", "false")
                .option("js.load", "false").build();
        context.getBindings("js").putMember("sleep", (ProxyExecutable) this::sleep);
        limit = new TimeLimit(context);
    }

    /** Runs what computes no longer than {@code timeout}; zero for no limit. An error becomes a {@link HookException}. */
    <T> T run(Duration timeout, Supplier<T> work) {
        boolean mine = lock.isHeldByCurrentThread(); // in a batch
        if (!mine) {
            lock.lock();
        }
        try {
            return entered(timeout, work);
        } catch (PolyglotException e) {
            throw new HookException(text(e, timeout), e);
        } finally {
            if (!mine) {
                lock.unlock();
            }
        }
    }

    private <T> T entered(Duration timeout, Supplier<T> work) {
        limit.begin(timeout);
        context.enter();
        try {
            return work.get();
        } finally {
            context.leave();
            limit.end();
        }
    }

    /** Runs what calls {@link #run} many times, on this thread, without others between. */
    void batch(Runnable calls) {
        lock.lock();
        try {
            calls.run();
        } finally {
            lock.unlock();
        }
    }

    Value eval(String name, CharSequence text) {
        return context.eval(Source.newBuilder("js", text, name).buildLiteral());
    }

    /** The function {@code sleep(milliseconds)} of scripts. */
    private Object sleep(Value... arguments) {
        Duration time = Duration.ofMillis(arguments.length == 0 ? 0 : Math.max(0, (long) arguments[0].asDouble()));
        return outside(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
    }

    /** Runs what may wait for a call of a script, which lets go of the context meanwhile. */
    <T> T outside(Supplier<T> work) {
        context.leave();
        Duration left = limit.end();
        lock.unlock();
        try {
            server.aboutToWait();
            return work.get();
        } finally {
            lock.lock();
            limit.begin(left);
            context.enter();
        }
    }

    /** Such as {@code hooks.js:3: Error: boom}. */
    private String text(PolyglotException error, Duration timeout) {
        if (error.isInterrupted()) {
            return place(error) + ": ended after %d ms".formatted(timeout.toMillis());
        }
        String first = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        return place(error) + ": " + first.replaceFirst(Pattern.quote(file) + ":\\d+:\\d+ ", "");
    }

    private String place(PolyglotException error) {
        if (isOfScript(error.getSourceLocation())) {
            return file + ":" + error.getSourceLocation().getStartLine();
        }
        for (PolyglotException.StackFrame frame : error.getPolyglotStackTrace()) {
            if (frame.isGuestFrame() && isOfScript(frame.getSourceLocation())) {
                return file + ":" + frame.getSourceLocation().getStartLine();
            }
        }
        return file;
    }

    private boolean isOfScript(SourceSection section) {
        return section != null && section.getSource().getName().equals(file);
    }

    @Override
    public void close() {
        limit.close();
        batch(context::close);
    }
}
