package dev.tinysse.luahooks.tables;

import dev.tinysse.lua.value.Strings;
import java.util.Set;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The keys of the tables, made once. */
final class Keys {
    static final LuaString REQ = Strings.of("req");
    static final LuaString MSG = Strings.of("msg");
    static final LuaString CHANNEL = Strings.of("channel");
    static final LuaString CHANNELS = Strings.of("channels");
    static final LuaString AUTH = Strings.of("auth");
    static final LuaString USER = Strings.of("user");

    static final LuaString ID = Strings.of("id");
    static final LuaString EVENT = Strings.of("event");
    static final LuaString DATA = Strings.of("data");
    static final LuaString COMMENT = Strings.of("comment");

    static final LuaString METHOD = Strings.of("method");
    static final LuaString URI = Strings.of("uri");
    static final LuaString PATH = Strings.of("path");
    static final LuaString QUERY = Strings.of("query");
    static final LuaString ADDR = Strings.of("addr");
    static final LuaString IP = Strings.of("ip");
    static final LuaString PORT = Strings.of("port");
    static final LuaString HEADERS = Strings.of("headers");

    static final LuaString STATUS = Strings.of("status");
    static final LuaString ERROR = Strings.of("error");

    private static final Set<LuaValue> ALWAYS = Set.of(REQ, MSG);
    private static final Set<LuaValue> WITH_CHANNEL = Set.of(REQ, MSG, CHANNEL);
    private static final Set<LuaValue> WITH_CHANNELS = Set.of(REQ, MSG, CHANNELS);
    private static final Set<LuaValue> WITH_AUTH = Set.of(REQ, MSG, AUTH);
    private static final Set<LuaValue> WITH_AUTH_AND_CHANNEL = Set.of(REQ, MSG, AUTH, CHANNEL);
    private static final Set<LuaValue> WITH_AUTH_AND_CHANNELS = Set.of(REQ, MSG, AUTH, CHANNELS);

    private Keys() {}

    /**
     * The keys of {@code pub} that are the server's and not the script's.
     *
     * @param auth whether the request has claims; without, the key is the script's
     */
    static Set<LuaValue> reservedOfPublication(boolean channel, boolean auth) {
        if (auth) {
            return channel ? WITH_AUTH_AND_CHANNEL : WITH_AUTH;
        }
        return channel ? WITH_CHANNEL : ALWAYS;
    }

    /** The same for {@code sub}. */
    static Set<LuaValue> reservedOfSubscription(boolean channels, boolean auth) {
        if (auth) {
            return channels ? WITH_AUTH_AND_CHANNELS : WITH_AUTH;
        }
        return channels ? WITH_CHANNELS : ALWAYS;
    }
}
