package dev.tinysse.luahooks.check;

import dev.tinysse.lua.runtime.Closure;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.syntax.SourceToken;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.luaj.vm2.LuaString;

/** Looks for mistakes in a script that has been loaded. For whoever is inside of the engine. */
public final class ScriptCheck {
    private final LuaRuntime runtime;
    private final List<SourceToken> tokens;

    private ScriptCheck(LuaRuntime runtime, List<SourceToken> tokens) {
        this.runtime = runtime;
        this.tokens = tokens;
    }

    /**
     * All findings, in the order of their places.
     *
     * @param runtime the engine in which the script has run
     * @param tokens of the script
     * @param defined the names of the hooks that it defines
     */
    public static List<Finding> findings(LuaRuntime runtime, List<SourceToken> tokens, Set<String> defined) {
        ScriptCheck check = new ScriptCheck(runtime, tokens);
        List<Finding> findings = new ArrayList<>(new PackageCalls(tokens, check::members).unknown());
        findings.addAll(check.misspelt(defined));
        findings.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
        return findings;
    }

    /** Global functions that are called almost like a hook which the script does not define. */
    private List<Finding> misspelt(Set<String> defined) {
        List<Finding> findings = new ArrayList<>();
        Table globals = runtime.globals();
        for (int at = globals.nextPosition(0); at >= 0; at = globals.nextPosition(at + 1)) {
            if (globals.keyAt(at) instanceof LuaString key && globals.valueAt(at) instanceof Closure) {
                String name = Strings.text(key);
                HookNames.meantBy(name).filter(hook -> !defined.contains(hook)).ifPresent(hook -> place(name)
                        .map(token -> new Finding(token.line(), token.column(),
                                "there is no hook " + name + ", did you mean " + hook + "?"))
                        .ifPresent(findings::add));
            }
        }
        return findings;
    }

    /** Where a global function gets its name. */
    private Optional<SourceToken> place(String name) {
        for (int i = 0; i < tokens.size(); i++) {
            SourceToken token = tokens.get(i);
            boolean defines = i > 0 && tokens.get(i - 1).is("function")
                    || i + 1 < tokens.size() && tokens.get(i + 1).is("=");
            if (token.kind() == SourceToken.Kind.NAME && token.text().equals(name) && defines) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    /** The names of all members of a package of the server; none if it has none, or if there is no such package. */
    private Set<String> members(String packageName) {
        Set<String> names = new HashSet<>();
        if (runtime.loaded().rawget(packageName) instanceof Userdata<?> object && object.metatable() != null
                && object.metatable().rawget(Metatables.INDEX) instanceof Table members) {
            for (int at = members.nextPosition(0); at >= 0; at = members.nextPosition(at + 1)) {
                names.add(Strings.text(members.keyAt(at).strvalue()));
            }
        }
        return names;
    }
}
