package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.luahooks.base64.Base64Codec;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ObjectType;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The package {@code base64}: bytes as text and back. */
public final class Base64Package implements Library {

    @Override
    public void open(LuaRuntime runtime) {
        LuaValue urlSafe = members(ObjectType.named(runtime, "UrlSafe", Base64Codec.class), Base64Codec.URL_SAFE)
                .build().wrap(Base64Codec.URL_SAFE);
        members(ObjectType.named(runtime, "Base64", Base64Package.class), Base64Codec.STANDARD)
                .function("urlsafe", _ -> urlSafe)
                .install("base64", this);
    }

    private static <T> ObjectType.Builder<T> members(ObjectType.Builder<T> type, Base64Codec codec) {
        return type.function("encode", arguments -> encode(arguments, codec))
                .function("decode", arguments -> decode(arguments, codec))
                .call(arguments -> encode(arguments, codec));
    }

    private static LuaString encode(Arguments arguments, Base64Codec codec) {
        if (!(arguments.value(1) instanceof LuaString bytes)) {
            throw arguments.failure("expected string");
        }
        long length = Base64Codec.encodedLength(bytes.m_length);
        if (length > Integer.MAX_VALUE) {
            throw arguments.failure("resulting string too large");
        }
        arguments.runtime().charge(length);
        return Strings.of(codec.encode(Strings.bytes(bytes)));
    }

    private static LuaString decode(Arguments arguments, Base64Codec codec) {
        LuaString text = arguments.utf8(1);
        arguments.runtime().charge(text.m_length);
        try {
            return Strings.of(codec.decode(Strings.bytes(text)));
        } catch (IllegalArgumentException e) {
            throw arguments.failure(e.getMessage());
        }
    }
}
