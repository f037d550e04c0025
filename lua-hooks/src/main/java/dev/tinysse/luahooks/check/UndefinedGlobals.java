package dev.tinysse.luahooks.check;

import dev.tinysse.lua.globals.GlobalNames;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds reads of undefined globals. One that the script tests somewhere may be absent, and is found only if the script
 * has another name that is almost the same.
 */
final class UndefinedGlobals {
    private static final String DEBUG = "debug";
    private static final Set<String> TEST_HELPERS = Set.of("hooks", "publication", "subscription", "equal", "fails");
    private static final String TEST = "test_";

    private final GlobalNames script;
    private final Set<String> own = new HashSet<>();
    private final Set<String> known = new HashSet<>();

    /**
     * A check of one script.
     *
     * @param defined what others define
     * @param hasHooks whether the script is one for the server
     */
    UndefinedGlobals(GlobalNames script, Set<String> defined, boolean hasHooks) {
        this.script = script;
        script.writes().forEach(write -> own.add(write.name()));
        known.addAll(own);
        known.addAll(defined);
        if (!hasHooks || own.stream().anyMatch(name -> name.startsWith(TEST))) {
            known.addAll(TEST_HELPERS);
        }
    }

    /** A read and what is to be said of it. */
    record Unknown(GlobalNames.Read read, String text) {}

    /** Those of the script, one for each name and line. */
    Set<Unknown> all() {
        Set<Unknown> unknown = new LinkedHashSet<>();
        for (GlobalNames.Read read : script.reads()) {
            text(read.name()).ifPresent(text -> unknown.add(new Unknown(read, text)));
        }
        return unknown;
    }

    private Optional<String> text(String name) {
        if (known.contains(name)) {
            return Optional.empty();
        }
        Set<String> others = new HashSet<>(own);
        others.addAll(script.locals());
        if (script.tested().contains(name) && Likeness.nearest(name, others).isEmpty()) {
            return Optional.empty();
        }
        if (name.equals(DEBUG)) {
            return Optional.of("the library debug requires --unsafe-script");
        }
        if (script.locals().contains(name)) {
            return Optional
                    .of("undefined global %s, and the local %s is not visible here".formatted(name, name));
        }
        others.addAll(known);
        return Optional.of("undefined global " + name + Likeness.meant(name, others));
    }
}
