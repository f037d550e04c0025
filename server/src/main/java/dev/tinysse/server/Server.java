package dev.tinysse.server;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.Broker;
import dev.tinysse.broker.DrainResult;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.tracing.Tracer;
import dev.tinysse.server.access.AccessKeys;
import dev.tinysse.server.accesslog.AccessLog;
import dev.tinysse.server.admin.AdminListener;
import dev.tinysse.server.cors.CorsFilter;
import dev.tinysse.server.cors.CorsPolicy;
import dev.tinysse.server.durable.DurableStreamsFilter;
import dev.tinysse.server.figures.RequestFigures;
import dev.tinysse.server.figures.RouteNames;
import dev.tinysse.server.figures.TraceFilter;
import dev.tinysse.server.files.StaticFiles;
import dev.tinysse.server.http.FrontPage;
import dev.tinysse.server.http.Lifecycle;
import dev.tinysse.server.http.RequestLog;
import dev.tinysse.server.http.Routes;
import dev.tinysse.server.loop.Watchdog;
import dev.tinysse.server.plugins.Providers;
import dev.tinysse.server.settings.Invocation;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.sse.ChunkedSseFormat;
import dev.tinysse.server.tls.Certificates;
import dev.tinysse.server.transport.Listener;
import dev.tinysse.server.transport.TransportConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A running server: broker, HTTP and script put together. Started once and stopped once; any thread may do so.
 *
 * <p>Optional parts are tested with {@code if}: a lambda for it would load its class, whether it is there or not.
 */
final class Server {
    private static final Logger LOG = System.getLogger("tinysse");
    /** The default of the delay: soon, but never at once, for a browser uses it also when the server is down. */
    private static final RetryDelay TIMEOUT_RETRY = new RetryDelay(50, 250);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);
    private static final int MAX_LINE = 16 * 1024;
    /** Room for 128 channels with names of the maximum length, each in a field of the query. */
    private static final int MAX_LINE_WITH_CHANNELS = 24 * 1024;
    /** How long requests that come while the server closes may take to get their response. */
    private static final Duration LAST_RESPONSES = Duration.ofMillis(200);
    /** The part of the drain time that is reserved for sending streams the last messages, and for ending them. */
    private static final Duration LAST_DELIVERY = Duration.ofSeconds(1);

    private final Settings settings;
    private final Optional<Scripts> scripts;
    private final HookCalls hooks;
    private final EventLog log;
    private final Broker broker;
    private final Optional<AccessKeys> accessKeys;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Optional<Certificates> certificates;
    private final Listener listener;
    private final Optional<AdminListener> admin;
    private final Optional<AccessLog> accessLog;
    private final Optional<Tracer> tracer;
    private final Optional<DurableStreamsFilter> durableStreams;
    private final Watchdog watchdog = new Watchdog();
    private final HangUps hangUps = new HangUps();
    private Runnable certificateWatchEnd = () -> {};
    private Ticker ticker;
    private LogSweep sweep;
    private ScriptReload reload;

    /** Loads the script and binds the address; no connection is accepted yet. */
    static Server load(Invocation.Serve serve, Providers providers) throws StartException {
        Settings settings = serve.settings();
        HookCalls hooks = HookCalls.none();
        Server server;
        if (Scripts.wanted(settings)) {
            Scripts scripts = new Scripts(settings, providers);
            // loading a script and putting a server together take about the same time, and neither needs the other
            FutureTask<Server> assembly = new FutureTask<>(() -> new Server(serve, Optional.of(scripts), hooks));
            Thread.ofPlatform().daemon().name("tinysse-assembly").start(assembly);
            try {
                hooks.replace(scripts.load());
            } catch (StartException | RuntimeException e) {
                result(assembly).release();
                throw e;
            }
            server = result(assembly);
        } else {
            server = new Server(serve, Optional.empty(), hooks);
        }
        server.bind();
        return server;
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

    /** A server that is to be bound. */
    Server(Invocation.Serve serve, Optional<Scripts> scripts, HookCalls hooks) throws StartException {
        this(serve, scripts, hooks, EventLogs.open(serve.settings()));
    }

    /** A server that closes this log, also if it does not start. */
    Server(Invocation.Serve serve, Optional<Scripts> scripts, HookCalls hooks, EventLog log) throws StartException {
        this.settings = serve.settings();
        this.scripts = scripts;
        this.hooks = hooks;
        this.log = log;
        this.accessKeys = settings.access().isOn()
                ? Optional.of(AccessStart.open(settings, log))
                : Optional.empty();
        try {
            certificates = settings.tls().cert().isPresent()
                    ? Optional.of(CertificateSetup.load(settings.tls()))
                    : Optional.empty();
            Handler files = files(settings.serveStatic(), settings.http());
            broker = broker(settings, hooks, log);
            scripts.ifPresent(loader -> loader.offer(broker.channels()));
            accessLog = accessLog(settings);
            tracer = Tracing.open(System.getenv());
            if (tracer.isPresent()) {
                hooks.trace(tracer.get());
            }
            Optional<RequestFigures> requests = settings.admin().listen().isPresent()
                    ? Optional.of(new RequestFigures(new RouteNames(settings.http())))
                    : Optional.empty();
            durableStreams = settings.durableStreams().path().isPresent()
                    ? Optional.of(DurableStreamsFilter.open(settings, accessKeys.map(AccessKeys::access)).orElseThrow(
                            () -> new StartException("durable streams are no part of this program: durable-streams="
                                    + settings.durableStreams().path().get())))
                    : Optional.empty();
            listener = listener(new Routes(settings, broker, hooks, lifecycle, log,
                    accessKeys.isPresent() ? Optional.of(accessKeys.get().access()) : Optional.empty(), files),
                    requests);
            admin = settings.admin().listen().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Operators.listener(serve, broker, log, lifecycle, watchdog,
                                    requests.orElseThrow(), certificates));
        } catch (StartException | RuntimeException e) {
            accessKeys.ifPresent(AccessKeys::close);
            log.close();
            throw e;
        }
    }

    /** Binds the address. */
    void bind() throws StartException {
        try {
            listener.bind();
            if (admin.isPresent()) {
                admin.get().bind();
            }
        } catch (IOException e) {
            listener.close();
            release();
            throw new StartException(e.getMessage());
        }
    }

    /** Closes what a server has that does not start. */
    private void release() {
        accessKeys.ifPresent(AccessKeys::close);
        broker.close();
        log.close();
    }

    /** Says where it listens, and runs {@code startup}. */
    void start() {
        StartLog.lines(settings, listener.bound()).forEach(line -> LOG.log(Level.INFO, line));
        if (admin.isPresent()) {
            StartLog.admin(admin.get().bound()).forEach(line -> LOG.log(Level.INFO, line));
        }
        if (!hooks.authorizesPublishers() && !settings.access().isOn()) {
            StartLog.openToAnybody(listener.bound()).ifPresent(line -> LOG.log(Level.WARNING, line));
        }
        startup();
    }

    /** Serves, from now on. */
    void serve() {
        scripts.ifPresent(this::reloadable);
        if (certificates.isPresent()) {
            certificateWatchEnd = CertificateSetup.watch(certificates.get(), hangUps);
        }
        if (accessLog.isPresent()) {
            hangUps.add(accessLog.get()::reopen);
        }
        ticker = new Ticker(hooks, settings.scripting().scriptTick());
        sweep = new LogSweep(log);
        listener.start();
        watchdog.watch(broker.loops());
        watchdog.watch(listener.loops());
        if (admin.isPresent()) {
            admin.get().start();
            watchdog.watch(admin.get().loops());
        }
        watchdog.start();
    }

    private void reloadable(Scripts scripts) {
        settings.scripting().script().ifPresent(file -> {
            reload = new ScriptReload(scripts, Path.of(file), hooks);
            hangUps.add(reload::reload);
            if (settings.scripting().watchScript()) {
                reload.watching();
            }
        });
    }

    private void startup() {
        try {
            hooks.startup();
        } catch (RuntimeException e) {
            closeAdmin();
            listener.close();
            release();
            hooks.close();
            throw e;
        }
    }

    private void closeAdmin() {
        if (admin.isPresent()) {
            admin.get().close();
        }
    }

    /** Where it listens, with the real ports. */
    List<Endpoint> bound() {
        return listener.bound();
    }

    /** Delivers what was acknowledged, ends the streams, and closes, all within the drain timeout. */
    void stop() throws InterruptedException {
        if (reload != null) {
            reload.close();
        }
        certificateWatchEnd.run();
        Duration limit = settings.streams().drainTimeout();
        long end = System.nanoTime() + limit.toNanos();
        lifecycle.stop();
        if (durableStreams.isPresent()) {
            durableStreams.get().drain();
        }
        LOG.log(Level.INFO, "Stopping: streams=%d drain-timeout=%dms".formatted(broker.streams(), limit.toMillis()));
        lifecycle.awaitPublishes(forPublishes(limit)); // those that still wait are rejected because the server stops
        if (ticker != null) {
            ticker.close();
        }
        DrainResult drained = broker.drain(until(end));
        int publishes = lifecycle.awaitPublishes(until(end));
        int ticks = ticker == null || ticker.await(until(end)) ? 0 : 1;
        if (!drained.isComplete() || publishes + ticks > 0) {
            LOG.log(Level.WARNING, leftovers(drained.streamsCutOff(), publishes, drained.hooksLeft() + ticks));
        }
        listener.finishRequests(atMost(LAST_RESPONSES, until(end)));
        listener.close();
        closeAdmin();
        accessKeys.ifPresent(AccessKeys::close);
        if (durableStreams.isPresent()) {
            durableStreams.get().close();
        }
        broker.close();
        if (sweep != null) {
            sweep.close();
        }
        log.close();
        hooks.close();
        if (accessLog.isPresent()) {
            accessLog.get().close();
        }
        if (tracer.isPresent()) {
            tracer.get().close();
        }
        watchdog.close();
        LOG.log(Level.INFO, "Stopped: lost-total=" + broker.lost());
    }

    /** Publish hooks that have begun get nearly all the time: their clients expect a delivery, or will send again. */
    private static Duration forPublishes(Duration limit) {
        Duration half = limit.dividedBy(2);
        return half.compareTo(LAST_DELIVERY) < 0 ? half : limit.minus(LAST_DELIVERY);
    }

    private static Duration atMost(Duration limit, Duration left) {
        return left.compareTo(limit) < 0 ? left : limit;
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private static String leftovers(int streams, int publishes, int hooks) {
        return "drain timeout exceeded:" + (streams > 0 ? " unfinished-streams=" + streams : "")
                + (publishes > 0 ? " unfinished-publishes=" + publishes : "")
                + (hooks > 0 ? " unfinished-hooks=" + hooks : "");
    }

    private Listener listener(Routes routes, Optional<RequestFigures> requests) throws StartException {
        Settings.Http http = settings.http();
        CorsPolicy cors = CorsPolicies.of(settings.cors(), settings.access().hasKeys());
        HttpRouting.Builder routing = Listener.routing();
        RequestLog.ifWanted().ifPresent(routing::addFilter);
        RequestObservers observers = RequestObservers.of(requests, accessLog);
        observers.addTo(routing);
        if (tracer.isPresent()) {
            routing.addFilter(new TraceFilter(tracer.get(), new RouteNames(http)));
        }
        if (durableStreams.isPresent()) {
            routing.addFilter(durableStreams.get());
        }
        routing.addFilter(new CorsFilter(cors));
        routes.addTo(routing);
        return new Listener(
                new TransportConfig(Endpoints.of(settings), certificates, http.trustedProxies(), http.headTimeout(),
                        http.bodyTimeout(), IDLE_TIMEOUT, settings.streams().writeTimeout(), http.maxBodySize(),
                        http.channels() ? MAX_LINE_WITH_CHANNELS : MAX_LINE),
                routing, cors.headersFor(""), observers.refusals());
    }

    private static Optional<AccessLog> accessLog(Settings settings) throws StartException {
        if (settings.accessLog().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AccessLog(settings.accessLog().get(), settings.logFormat()));
        } catch (IOException e) {
            throw new StartException("cannot write --access-log " + settings.accessLog().get() + ": "
                    + FileErrors.reason(e));
        }
    }

    private static Handler files(Settings.ServeStatic serve, Settings.Http paths) throws StartException {
        if (serve.dir().isEmpty()) {
            return new FrontPage(paths);
        }
        try {
            return new StaticFiles(Path.of(serve.dir().get()), serve.path());
        } catch (IOException e) {
            throw new StartException(
                    "cannot serve files from --serve-static-dir " + serve.dir().get() + ": no such directory");
        }
    }

    private static Broker broker(Settings settings, HookCalls hooks, EventLog log) throws StartException {
        try {
            return new Broker(brokerConfig(settings.streams(), settings.http()),
                    new ChunkedSseFormat(settings.streams().keepAliveText()), hooks, log);
        } catch (LogException e) {
            throw new StartException(e.getMessage());
        }
    }

    private static BrokerConfig brokerConfig(Settings.Streams streams, Settings.Http http) {
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new BrokerConfig(streams.capacity(), streams.keepAlive(), streams.timeout(),
                streams.timeoutRetry().map(RetryDelay::of).orElse(TIMEOUT_RETRY),
                streams.writeTimeout(), workers, http.channels(), http.presence());
    }
}
