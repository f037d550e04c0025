package dev.tinysse.lua;

import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** An engine without input and output, and results as text. */
final class EngineFixture implements AutoCloseable {

    final LuaEngine engine = LuaEngine
            .sandboxed(new Host(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(), name -> name.equals("HOME") ? "/" : null, "", status -> {}));

    /** The result of {@code source}, as {@code tostring} writes it, joined by spaces. */
    String run(String source) {
        return engine.enter(lua -> text(lua, lua.call(chunk(lua, source), LuaValue.NONE, CallLimits.NONE)));
    }

    /** The result of the global function {@code name}. */
    String call(String name, LuaValue argument) {
        return engine
                .enter(lua -> text(lua, lua.call((Invocable) lua.global(name), argument, CallLimits.NONE)));
    }

    static Invocable chunk(Session lua, String source) {
        return lua.load(source.getBytes(StandardCharsets.UTF_8), "@test.lua");
    }

    static String text(Session lua, Varargs results) {
        StringBuilder text = new StringBuilder();
        for (LuaValue value : Values.array(results)) {
            LuaString shown = Text.of(lua.runtime(), value);
            text.append(text.isEmpty() ? "" : " ").append(Strings.text(shown));
        }
        return text.toString();
    }

    @Override
    public void close() {
        engine.close();
    }
}
