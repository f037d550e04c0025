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

    /** What is the server's and not the script's. */
    static final Set<LuaValue> RESERVED = Set.of(REQ, MSG);
    static final Set<LuaValue> RESERVED_AND_CHANNEL = Set.of(REQ, MSG, CHANNEL);
    static final Set<LuaValue> RESERVED_AND_CHANNELS = Set.of(REQ, MSG, CHANNELS);

    private Keys() {}
}
