package dev.tinysse.examples.js;

import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Hooks written in JavaScript. */
public final class JsHookProvider implements HookProvider {

    @Override
    public int apiVersion() {
        return API_VERSION;
    }

    @Override
    public String name() {
        return "js";
    }

    @Override
    public Set<String> extensions() {
        return Set.of("js");
    }

    @Override
    public Hooks load(Script script, HookContext context) throws ScriptException {
        Path file = script.file().orElseThrow();
        try {
            return JsHooks.load(script, file, Files.readString(file), context);
        } catch (IOException e) {
            throw new ScriptException("cannot read script " + e.getMessage(), e);
        }
    }
}
