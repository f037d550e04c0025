package dev.tinysse.luahooks.packages;

import dev.tinysse.api.internal.Tokens;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.memory.Ledger;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.http.Header;
import dev.tinysse.luahooks.http.HttpAgent;
import dev.tinysse.luahooks.http.Request;
import dev.tinysse.luahooks.http.Response;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ObjectType;
import dev.tinysse.luahooks.packages.support.Waiting;
import dev.tinysse.luahooks.url.FormPairs;
import dev.tinysse.luahooks.url.Url;
import dev.tinysse.luahooks.url.UrlException;
import dev.tinysse.luahooks.url.UrlParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The package {@code http}: requests to other servers, or to this one. All requests without an agent share one pool of
 * connections; each agent has its own. Those of an agent that a script has forgotten are closed some time later, and all that are
 * left when the package is closed.
 */
public final class HttpPackage implements Library, AutoCloseable {

    private static final List<String> VERBS = List.of("get", "head", "options", "post", "put", "patch", "delete");
    private static final int HEADER_BYTES = 100;

    private final String userAgent;
    private final long maxBodySize;
    private final Set<HttpAgent> opened = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * @param userAgent what requests call the client, as {@code name/version}, unless a script says something else
     * @param maxBodySize   how many bytes the body of a response may have; 0 for any number
     */
    public HttpPackage(String userAgent, long maxBodySize) {
        this.userAgent = userAgent;
        this.maxBodySize = maxBodySize;
    }

    /** Connections, and the options of the requests over them: a table or nil. */
    private record Agent(HttpAgent connections, LuaValue options) {}

    @Override
    public void open(LuaRuntime runtime) {
        Agent shared = new Agent(newConnections(), LuaValue.NIL);
        var agents = ObjectType.named(runtime, "Agent", Agent.class).method("request", HttpPackage::request);
        var http = ObjectType.named(runtime, "Http", HttpPackage.class)
                .function("request", arguments -> request(shared, arguments));
        for (String verb : VERBS) {
            String method = verb.toUpperCase(Locale.ROOT);
            agents.method(verb, (agent, arguments) -> send(agent, arguments, method, 1));
            http.function(verb, arguments -> send(shared, arguments, method, 1));
        }
        ObjectType<Agent> type = agents.build();
        http.function("agent", arguments -> type.wrap(new Agent(newConnections(), options(arguments, 1))))
                .install("http", this);
    }

    private HttpAgent newConnections() {
        HttpAgent connections = new HttpAgent(userAgent, maxBodySize, bytes -> Ledger.ofJvm().hasRoom(bytes));
        opened.add(connections);
        return connections;
    }

    /** Closes all connections. To be called by any thread, when no script runs any more. */
    @Override
    public void close() {
        List.copyOf(opened).forEach(HttpAgent::close);
    }

    private static LuaValue options(Arguments arguments, int i) {
        return arguments.absent(i) ? LuaValue.NIL : arguments.table(i);
    }

    private static Table request(Agent agent, Arguments arguments) {
        String method = arguments.text(1);
        if (!Tokens.isToken(method)) {
            throw arguments.failure("method is invalid: invalid HTTP method");
        }
        return send(agent, arguments, method, 2);
    }

    /** @param first the number of the argument that is the address; the options come behind it */
    private static Table send(Agent agent, Arguments arguments, String method, int first) {
        LuaRuntime runtime = arguments.runtime();
        String address = arguments.text(first);
        HttpOptions options = new HttpOptions(runtime, agent.options, options(arguments, first + 1));
        Request request = new Request(method, url(arguments, address, options.args()), options.headers(),
                options.body(),
                options.version());
        Optional<Duration> timeout = options.timeout();
        return table(runtime, Waiting.on(runtime, () -> agent.connections.send(request, timeout)));
    }

    private static Url url(Arguments arguments, String address, Map<String, List<String>> args) {
        try {
            Url url = UrlParser.parse(address);
            String added = FormPairs.encode(args);
            Optional<String> query = added.isEmpty()
                    ? url.query()
                    : Optional.of(
                            url.query().filter(text -> !text.isEmpty()).map(text -> text + "&" + added).orElse(added));
            return new Url(url.scheme(), url.username(), url.password(), url.host(), url.port(), url.path(), query,
                    url.fragment());
        } catch (UrlException e) {
            throw arguments.failure("url is invalid: " + e.getMessage());
        }
    }

    private static Table table(LuaRuntime runtime, Response response) {
        Table headers = runtime.newTable(0, response.headers().size());
        for (Header header : response.headers()) {
            runtime.charge(HEADER_BYTES + header.value().length());
            headers.rawset(header.name(), bytes(header.value()));
        }
        runtime.receive(response.body().length);
        Table table = runtime.newTable(0, 3);
        table.rawset("status", LuaInteger.of(response.status()));
        table.rawset("headers", headers);
        table.rawset("body", Strings.of(response.body()));
        return table;
    }

    private static LuaString bytes(String latin1) {
        return Strings.of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
