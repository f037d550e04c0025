package dev.tinysse.luahooks.check;

import dev.tinysse.lua.globals.GlobalNames;
import dev.tinysse.lua.globals.GlobalWalker;
import dev.tinysse.lua.syntax.SourceToken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Looks for mistakes in a script, of which nothing is run. */
public final class ScriptCheck {
    private final Surroundings surroundings;
    private final List<SourceToken> tokens;
    private final GlobalNames names;
    private final Modules modules;
    private final Set<String> hooks = new TreeSet<>();

    private ScriptCheck(byte[] source, String chunkName, String beside, Surroundings surroundings) {
        this.surroundings = surroundings;
        this.names = GlobalWalker.names(source, chunkName);
        this.tokens = SourceToken.all(source, chunkName);
        this.modules = new Modules(surroundings, beside).follow(names);
        names.writes().stream().filter(write -> write.value() != GlobalNames.Value.NIL)
                .forEach(write -> hooks.add(write.name()));
        hooks.addAll(modules.defined());
        hooks.retainAll(HookNames.all());
    }

    /**
     * Looks at a script.
     *
     * @param source the chunk
     * @param chunkName its name, for messages
     * @param beside where {@code require} looks at last, in the form of {@code package.path}
     * @param surroundings what it finds when it is loaded
     * @throws dev.tinysse.lua.syntax.SyntaxError if it is not Lua
     */
    public static ScriptCheck of(byte[] source, String chunkName, String beside, Surroundings surroundings) {
        return new ScriptCheck(source, chunkName, beside, surroundings);
    }

    /** The names of the hooks that it and its modules define, sorted. */
    public Set<String> hooks() {
        return hooks;
    }

    /** The mistakes, in the order of the places. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(new PackageCalls(tokens, surroundings::members).unknown());
        misspelt(findings);
        modules.failures().forEach(failure -> findings.add(
                at(failure.call().module(), failure.call().line(), failure.text())));
        if (!names.isOpen() && !modules.isOpen()) {
            Set<String> defined = new HashSet<>(surroundings.globals());
            defined.addAll(modules.defined());
            new UndefinedGlobals(names, defined, !hooks.isEmpty()).all().forEach(unknown -> findings.add(
                    at(unknown.read().name(), unknown.read().line(), unknown.text())));
        }
        findings.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
        return findings.stream().distinct().toList();
    }

    /** Global functions that are called almost like a hook which the script does not define. */
    private void misspelt(List<Finding> findings) {
        for (GlobalNames.Write write : names.writes()) {
            if (write.value() == GlobalNames.Value.FUNCTION) {
                HookNames.meantBy(write.name()).filter(hook -> !hooks.contains(hook))
                        .ifPresent(hook -> findings.add(at(write.name(), write.line(),
                                "there is no hook " + write.name() + ", did you mean " + hook + "?")));
            }
        }
    }

    /** A finding about a name or a string, which stands at {@code line} or begins an expression that ends there. */
    private Finding at(String name, int line, String text) {
        return place(name, line, this::isUse).or(() -> place(name, line, i -> !isMember(i)))
                .or(() -> place(name, line, _ -> true))
                .map(token -> new Finding(token.line(), token.column(), text))
                .orElseGet(() -> new Finding(line, 1, text));
    }

    /** The first token of that text in the last line that has one, up to {@code line}. */
    private Optional<SourceToken> place(String text, int line, IntPredicate fits) {
        SourceToken found = null;
        for (int i = 0; i < tokens.size() && tokens.get(i).line() <= line; i++) {
            SourceToken token = tokens.get(i);
            boolean named = token.text().equals(text) && token.kind() != SourceToken.Kind.FIXED;
            if (named && fits.test(i) && (found == null || found.line() < token.line())) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whether the token at {@code i} is no declaration and neither the key of a field nor assigned to. */
    private boolean isUse(int i) {
        boolean declared = i > 0 && (tokens.get(i - 1).is("local") || tokens.get(i - 1).is("for"));
        boolean assigned = i + 1 < tokens.size() && tokens.get(i + 1).is("=");
        return !isMember(i) && !declared && !assigned;
    }

    private boolean isMember(int i) {
        return i > 0 && (tokens.get(i - 1).is(".") || tokens.get(i - 1).is(":"));
    }
}
