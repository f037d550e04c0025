package dev.tinysse.luahooks.check;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.luaj.vm2.LuaString;

/**
 * The environment of a script in an engine.
 *
 * @param globals the names of all globals
 * @param members the names of the members of each package
 * @param path where {@code require} looks for files, in the form of {@code package.path}
 */
public record Surroundings(Set<String> globals, Map<String, Set<String>> members, String path) {

    /** The present content of an engine. Only for a thread that holds its lock. */
    public static Surroundings of(LuaRuntime runtime) {
        Map<String, Set<String>> members = new HashMap<>();
        names(runtime.loaded()).forEach(name -> members.put(name, members(runtime, name)));
        String path = runtime.globals().rawget("package") instanceof Table library
                && library.rawget("path") instanceof LuaString text ? Strings.text(text) : "";
        return new Surroundings(names(runtime.globals()), members, path);
    }

    /** The names of all members of a package of the server; none if it has none, or if there is no such package. */
    Set<String> members(String name) {
        return members.getOrDefault(name, Set.of());
    }

    private static Set<String> members(LuaRuntime runtime, String name) {
        return runtime.loaded().rawget(name) instanceof Userdata<?> object && object.metatable() != null
                && object.metatable().rawget(Metatables.INDEX) instanceof Table table ? names(table) : Set.of();
    }

    private static Set<String> names(Table table) {
        Set<String> names = new HashSet<>();
        for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
            if (table.keyAt(at) instanceof LuaString key) {
                names.add(Strings.text(key));
            }
        }
        return names;
    }
}
