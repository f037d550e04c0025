package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.luahooks.fernet.FernetKey;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.ObjectType;
import java.time.Instant;
import java.util.OptionalLong;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The package {@code fernet}: tokens that nobody without the key can read or forge. */
public final class FernetPackage implements Library {

    private final ScriptClock clock;

    /** @param clock tells how old tokens are */
    public FernetPackage(ScriptClock clock) {
        this.clock = clock;
    }

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType<FernetKey> keys = ObjectType.named(runtime, "InnerFernet", FernetKey.class)
                .method("encrypt", FernetPackage::encrypt)
                .method("decrypt", FernetPackage::decrypt)
                .build();
        ObjectType.named(runtime, "Fernet", FernetPackage.class)
                .function("genkey", _ -> Strings.of(FernetKey.generate()))
                .call(arguments -> keys.wrap(key(arguments)))
                .install("fernet", this);
    }

    private FernetKey key(Arguments arguments) {
        String text = arguments.absent(1) ? FernetKey.generate() : arguments.text(1);
        try {
            LuaRuntime runtime = arguments.runtime();
            return new FernetKey(text, () -> Instant.ofEpochMilli(clock.millis(runtime)));
        } catch (IllegalArgumentException e) {
            throw arguments.failure(e.getMessage());
        }
    }

    private static LuaString encrypt(FernetKey key, Arguments arguments) {
        LuaString plain = Conversion.string(arguments.value(1));
        long length = FernetKey.tokenLength(plain.m_length);
        if (length > Integer.MAX_VALUE) {
            throw arguments.failure("resulting string too large");
        }
        arguments.runtime().charge(2 * length);
        return Strings.of(key.encrypt(Strings.bytes(plain)));
    }

    private static LuaValue decrypt(FernetKey key, Arguments arguments) {
        LuaString token = arguments.utf8(1);
        OptionalLong ttl = arguments.absent(2)
                ? OptionalLong.empty()
                : OptionalLong.of(arguments.convert(2, Conversion::unsigned));
        arguments.runtime().charge(2L * token.m_length);
        return key.decrypt(Strings.bytes(token), ttl).<LuaValue>map(Strings::of).orElse(LuaValue.NIL);
    }
}
