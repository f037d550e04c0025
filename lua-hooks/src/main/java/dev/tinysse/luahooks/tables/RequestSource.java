package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Request;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.util.function.Consumer;
import org.luaj.vm2.LuaString;

/** Fills the tables {@code req} of one request. What every script looks at is converted once, the headers each time. */
final class RequestSource implements Consumer<Table> {
    private final Meter meter;
    private final Request request;
    private LuaString method;
    private LuaString uri;
    private LuaString path;
    private LuaString query;

    RequestSource(Meter meter, Request request) {
        this.meter = meter;
        this.request = request;
    }

    Request request() {
        return request;
    }

    boolean hasClaims() {
        return !request.claims().isEmpty();
    }

    /** How many entries {@link #addClaims} adds. */
    int claimEntries() {
        return hasClaims() ? 1 : 0;
    }

    /** Puts {@code auth} into a table of a request that has claims; without, the key is the script's. */
    void addClaims(LuaRuntime runtime, Table table) {
        if (hasClaims()) {
            table.rawset(Keys.AUTH, new ClaimTables(runtime).of(request.claims()));
        }
    }

    @Override
    public void accept(Table table) {
        if (method == null) {
            uri = Strings.of(request.uri());
            path = Strings.of(request.path());
            query = Strings.of(request.query());
            method = Strings.of(request.method());
        }
        table.reserve(6);
        table.rawset(Keys.METHOD, method);
        table.rawset(Keys.URI, uri);
        table.rawset(Keys.PATH, path);
        table.rawset(Keys.QUERY, query);
        table.rawset(Keys.ADDR, Table.lazy(meter, this::fillAddress));
        table.rawset(Keys.HEADERS, Table.lazy(meter, this::fillHeaders));
    }

    private void fillAddress(Table table) {
        table.rawset(Keys.IP, Strings.of(request.ip()));
        table.rawset(Keys.PORT, LuaInteger.of(request.port()));
    }

    private void fillHeaders(Table table) {
        table.reserve(request.headers().size());
        request.headers().forEach((name, value) -> table.rawset(Strings.of(name), Strings.of(value)));
    }
}
