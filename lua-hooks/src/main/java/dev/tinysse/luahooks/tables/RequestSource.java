package dev.tinysse.luahooks.tables;

import org.luaj.vm2.LuaString;

import dev.tinysse.api.Request;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.TableSource;

/** Fills the tables {@code req} of one request. What every script looks at is converted once, the headers each time. */
final class RequestSource extends TableSource {
    private final Request request;
    private LuaString method;
    private LuaString uri;
    private LuaString path;
    private LuaString query;

    RequestSource(Request request) {
        this.request = request;
    }

    @Override
    protected void fill(Table table, Meter meter) {
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
        table.rawset(Keys.ADDR, Table.lazy(meter, new Address(request)));
        table.rawset(Keys.HEADERS, Table.lazy(meter, new Headers(request)));
    }

    private static final class Address extends TableSource {
        private final Request request;

        Address(Request request) {
            this.request = request;
        }

        @Override
        protected void fill(Table table, Meter meter) {
            table.rawset(Keys.IP, Strings.of(request.ip()));
            table.rawset(Keys.PORT, LuaInteger.of(request.port()));
        }
    }

    private static final class Headers extends TableSource {
        private final Request request;

        Headers(Request request) {
            this.request = request;
        }

        @Override
        protected void fill(Table table, Meter meter) {
            table.reserve(request.headers().size());
            request.headers().forEach((name, value) -> table.rawset(Strings.of(name), Strings.of(value)));
        }
    }
}
