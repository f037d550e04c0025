package dev.tinysse.luahooks.check;

import dev.tinysse.lua.globals.GlobalNames;
import dev.tinysse.lua.globals.GlobalWalker;
import dev.tinysse.lua.syntax.SourceFile;
import dev.tinysse.lua.syntax.SyntaxError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files that a script requires, and those that they require, as far as they can be found without running anything. */
final class Modules {
    private static final String LIBRARY = "package";

    private final Surroundings surroundings;
    private final String path;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> defined = new HashSet<>();
    private final List<Failure> failures = new ArrayList<>();
    private boolean open;

    /** A call of {@code require} that would fail, and why. */
    record Failure(GlobalNames.Required call, String text) {}

    /** @param beside where {@code require} looks at last, in the form of {@code package.path} */
    Modules(Surroundings surroundings, String beside) {
        this.surroundings = surroundings;
        this.path = surroundings.path() + ";" + beside;
    }

    /** Follows all that a script requires. */
    Modules follow(GlobalNames script) {
        boolean searches = script.reads().stream().anyMatch(read -> read.name().equals(LIBRARY));
        script.required().stream().filter(call -> !surroundings.members().containsKey(call.module()))
                .filter(call -> seen.add(call.module())).forEach(call -> follow(call, searches || call.optional()));
        return this;
    }

    /** The globals that they define. */
    Set<String> defined() {
        return defined;
    }

    /** Whether they may define others. */
    boolean isOpen() {
        return open;
    }

    List<Failure> failures() {
        return failures;
    }

    private void follow(GlobalNames.Required call, boolean mayBeAbsent) {
        Optional<Path> file = find(call.module());
        if (file.isPresent()) {
            read(call, file.get());
        } else if (mayBeAbsent) {
            open = true;
        } else {
            String meant = Likeness.meant(call.module(), surroundings.members().keySet());
            failures.add(new Failure(call, "there is no package or module " + call.module() + meant));
        }
    }

    private void read(GlobalNames.Required call, Path file) {
        try {
            GlobalNames names = GlobalWalker.names(SourceFile.chunk(Files.readAllBytes(file)), "@" + file);
            names.writes().forEach(write -> defined.add(write.name()));
            open |= names.isOpen();
            follow(names);
        } catch (SyntaxError e) {
            fail(call, e.placed(file.toString(), e.getMessage()));
        } catch (IOException e) {
            fail(call, e.getMessage());
        }
    }

    private void fail(GlobalNames.Required call, String why) {
        failures.add(new Failure(call, "the module %s does not load: %s".formatted(call.module(), why)));
    }

    private Optional<Path> find(String module) {
        return Stream.of(path.split(";")).filter(template -> !template.isEmpty())
                .map(template -> Path.of(template.replace("?", module.replace('.', '/'))))
                .filter(Files::isRegularFile).findFirst();
    }
}
