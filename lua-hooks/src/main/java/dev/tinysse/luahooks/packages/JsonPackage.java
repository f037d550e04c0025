package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.json.JsonReader;
import dev.tinysse.luahooks.packages.json.JsonWriter;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.Null;
import dev.tinysse.luahooks.packages.support.ObjectType;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The package {@code json}: values as JSON and back. */
public final class JsonPackage implements Library {

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType.named(runtime, "Json", JsonPackage.class)
                .function("encode", JsonPackage::encode)
                .call(JsonPackage::encode)
                .function("decode", arguments -> JsonReader.read(arguments.runtime(), arguments.utf8(1)))
                .function("array", JsonPackage::array)
                .function("print", arguments -> print(arguments, false))
                .function("pprint", arguments -> print(arguments, true))
                .constant("null", Null.VALUE)
                .install("json", this);
    }

    private static LuaString encode(Arguments arguments) {
        return JsonWriter.write(arguments.runtime(), arguments.value(1), arguments.truth(2));
    }

    private static Table array(Arguments arguments) {
        LuaRuntime runtime = arguments.runtime();
        return ArrayTables.mark(runtime, arguments.absent(1) ? runtime.newTable() : arguments.table(1));
    }

    /** Prints with what is the global {@code print} now, which the script may have changed. */
    private static Varargs print(Arguments arguments, boolean pretty) {
        LuaRuntime runtime = arguments.runtime();
        LuaValue print = Conversion.function(runtime.globals().rawget("print"));
        Calls.call(runtime, print, JsonWriter.write(runtime, arguments.value(1), pretty));
        return LuaValue.NONE;
    }
}
