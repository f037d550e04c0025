package dev.tinysse.server;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.Retention;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.tracing.Tracer;
import dev.tinysse.server.access.Access;
import dev.tinysse.server.access.AccessProvider;
import dev.tinysse.server.accesslog.AccessLog;
import dev.tinysse.server.accesslog.AccessObserver;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Components;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.PeriodicTask;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.component.Watchdog;
import dev.tinysse.server.eventlog.EventLogs;
import dev.tinysse.server.http.Lifecycle;
import dev.tinysse.server.http.PublicRoutes;
import dev.tinysse.server.http.RequestLog;
import dev.tinysse.server.plugins.Providers;
import dev.tinysse.server.process.HangUps;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.routing.Router;
import dev.tinysse.server.scripts.ScriptReload;
import dev.tinysse.server.scripts.Scripts;
import dev.tinysse.server.scripts.Ticker;
import dev.tinysse.server.settings.Invocation;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.sse.ChunkedSseFormat;
import dev.tinysse.server.tls.Certificates;
import dev.tinysse.server.tracing.TraceListener;
import dev.tinysse.server.tracing.Tracing;
import dev.tinysse.server.transport.Listener;
import io.helidon.webserver.http.Handler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A server: a list of components. Started once and stopped once; one thread at a time may do so.
 *
 * <p>Optional components are tested with {@code if}: a lambda would load the class of one that is not there, too.
 */
final class Server {
    private static final Logger LOG = System.getLogger("tinysse");
    /** The default of the delay: soon, but never at once, for a browser uses it also when the server is down. */
    private static final RetryDelay TIMEOUT_RETRY = new RetryDelay(50, 250);

    /** Between two looks for messages that are too old. */
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(5);

    private final Components components = new Components();
    private final Settings settings;
    private final Broker broker;
    private final Listener listener;

    /**
     * Loads the script, and assembles a server that is to be started.
     *
     * @param serving starts right before the first request is accepted
     */
    static Server load(Invocation.Serve serve, Providers providers, Component serving) throws StartException {
        Settings settings = serve.settings();
        HookCalls hooks = HookCalls.none();
        if (!Scripts.wanted(settings)) {
            return new Server(serve, Optional.empty(), hooks, EventLogs.open(settings), serving);
        }
        Scripts scripts = new Scripts(settings, providers);
        // loading a script and assembling a server take about the same time, and neither needs the other
        FutureTask<Server> assembly = new FutureTask<>(
                () -> new Server(serve, Optional.of(scripts), hooks, EventLogs.open(settings), serving));
        Thread.ofPlatform().daemon().name("tinysse-assembly").start(assembly);
        try {
            hooks.replace(scripts.load());
        } catch (StartException | RuntimeException e) {
            result(assembly).components.release();
            throw e;
        }
        return result(assembly);
    }

    private static Server result(FutureTask<Server> assembly) throws StartException {
        try {
            return assembly.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartException start) {
                throw start;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server of which nothing has started. It closes the log, also if it cannot be assembled. */
    Server(Invocation.Serve serve, Optional<Scripts> scripts, HookCalls hooks, EventLog log, Component serving)
            throws StartException {
        settings = serve.settings();
        Watchdog watchdog = components.add(new Watchdog());
        HangUps hangUps = new HangUps();
        Optional<AccessLog> accessLog = accessLog();
        components.addResource(hooks);
        components.addResource(log);
        try {
            Optional<Tracer> tracer = tracer(hooks);
            Optional<ScriptReload> reload = reload(scripts, hooks, hangUps);
            Optional<Access> access = access();
            Optional<Certificates> certificates = certificates(hangUps);
            if (accessLog.isPresent()) {
                hangUps.add(accessLog.get());
            }
            if (log.retention() != Retention.NONE) {
                components.add(new PeriodicTask("sweep", SWEEP_PAUSE, log.retention()::sweep));
            }
            Handler files = MainListener.files(settings.serveStatic(), settings.http());
            broker = components.addResource(broker(hooks, log));
            scripts.ifPresent(loader -> loader.offer(broker.channels()));
            Lifecycle lifecycle = new Lifecycle();
            Optional<AdminListener> admin = settings.admin().listen().isPresent()
                    ? Optional.of(AdminListener.of(serve, broker, log, lifecycle, watchdog, certificates))
                    : Optional.empty();
            Router router = PublicRoutes.of(settings, broker, hooks, lifecycle, log, access, files);
            listener = MainListener.of(settings, router, certificates, listeners(admin, accessLog, tracer));
            if (admin.isPresent()) {
                components.add(admin.get().addresses());
            }
            components.add(listener.addresses()); // last: a client that reaches it can reach the admin listener
            components.add(new Startup(settings, hooks, listener, admin));
            components.add(hangUps); // a signal during startup would load the script for a second time
            components.add(serving);
            watchdog.watch(broker.loops());
            watchdog.watch(listener.loops());
            if (admin.isPresent()) {
                components.add(admin.get());
                watchdog.watch(admin.get().loops());
            }
            components.add(listener);
            components.add(new Drain(lifecycle, broker, new Ticker(hooks, settings.scripting().scriptTick())));
            if (reload.isPresent()) {
                components.add(reload.get());
            }
        } catch (StartException | RuntimeException e) {
            components.release();
            throw e;
        }
    }

    /** In the order in which the filter notifies them. */
    private static List<RequestListener> listeners(Optional<AdminListener> admin, Optional<AccessLog> accessLog,
            Optional<Tracer> tracer) {
        List<RequestListener> listeners = new ArrayList<>();
        if (RequestLog.isWanted()) {
            listeners.add(new RequestLog());
        }
        if (admin.isPresent()) {
            listeners.add(admin.get().requests());
        }
        if (accessLog.isPresent()) {
            listeners.add(new AccessObserver(accessLog.get()));
        }
        if (tracer.isPresent()) {
            listeners.add(new TraceListener(tracer.get()));
        }
        return listeners;
    }

    private Optional<AccessLog> accessLog() {
        return settings.accessLog().isPresent()
                ? Optional.of(components.add(new AccessLog(settings.accessLog().get(), settings.logFormat())))
                : Optional.empty();
    }

    private Optional<Tracer> tracer(HookCalls hooks) throws StartException {
        Optional<Tracer> tracer = Tracing.open(System.getenv());
        if (tracer.isPresent()) {
            hooks.trace(components.addResource(tracer.get()));
        }
        return tracer;
    }

    private Optional<ScriptReload> reload(Optional<Scripts> scripts, HookCalls hooks, HangUps hangUps) {
        Settings.Scripting scripting = settings.scripting();
        if (scripts.isEmpty() || scripting.script().isEmpty()) {
            return Optional.empty();
        }
        ScriptReload reload = new ScriptReload(scripts.get(), Path.of(scripting.script().get()),
                scripting.watchScript(), hooks);
        hangUps.add(reload);
        return Optional.of(reload);
    }

    private Optional<Access> access() throws StartException {
        return settings.access().isOn()
                ? Optional.of(OptionalModule.ACCESS.find(AccessProvider.class).open(settings, components))
                : Optional.empty();
    }

    private Optional<Certificates> certificates(HangUps hangUps) throws StartException {
        if (settings.tls().cert().isEmpty()) {
            return Optional.empty();
        }
        Certificates certificates = Certificates.open(Path.of(settings.tls().cert().get()),
                Path.of(settings.tls().key().orElseThrow()));
        components.add(new PeriodicTask("certificates", Certificates.PAUSE, certificates::look));
        hangUps.add(certificates);
        return Optional.of(certificates);
    }

    private Broker broker(HookCalls hooks, EventLog log) throws StartException {
        Settings.Streams streams = settings.streams();
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        BrokerConfig config = new BrokerConfig(streams.capacity(), streams.keepAlive(), streams.timeout(),
                streams.timeoutRetry().map(RetryDelay::of).orElse(TIMEOUT_RETRY), streams.writeTimeout(), workers,
                settings.http().channels(), settings.http().presence());
        try {
            return new Broker(config, new ChunkedSseFormat(streams.keepAliveText()), hooks, log);
        } catch (LogException e) {
            throw new StartException(e.getMessage());
        }
    }

    /** Binds the addresses, logs where the server listens, runs {@code startup}, and serves. */
    void start() throws StartException {
        components.start();
    }

    /** Where it listens, with the real ports. */
    List<Endpoint> bound() {
        return listener.bound();
    }

    /** Delivers what was acknowledged, ends the streams, and closes, all within the drain timeout. */
    void stop() throws InterruptedException {
        components.stop(Deadline.in(settings.streams().drainTimeout()));
        LOG.log(Level.INFO, "Stopped: lost-total=" + broker.lost());
    }
}
