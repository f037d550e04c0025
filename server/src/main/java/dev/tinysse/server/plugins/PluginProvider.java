package dev.tinysse.server.plugins;

import dev.tinysse.api.Command;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The provider of a plugin, each method called in its plugin. */
record PluginProvider(HookProvider provider, InPlugin plugin) implements HookProvider {

    @Override
    public int apiVersion() {
        return plugin.call(provider::apiVersion);
    }

    @Override
    public String name() {
        return plugin.call(provider::name);
    }

    @Override
    public String version() {
        return plugin.call(provider::version);
    }

    @Override
    public Set<String> extensions() {
        return plugin.call(provider::extensions);
    }

    @Override
    public boolean isDefault() {
        return plugin.call(provider::isDefault);
    }

    @Override
    public Hooks load(Script script, HookContext context) throws ScriptException {
        Hooks hooks = plugin.attempt(() -> provider.load(script, context));
        return new PluginHooks(Objects.requireNonNull(hooks, "load returned null"), plugin);
    }

    @Override
    public List<Command> commands() {
        return plugin.call(provider::commands).stream().<Command>map(command -> new PluginCommand(command, plugin))
                .toList();
    }

    private record PluginCommand(Command command, InPlugin plugin) implements Command {
        @Override
        public String name() {
            return plugin.call(command::name);
        }

        @Override
        public String summary() {
            return plugin.call(command::summary);
        }

        @Override
        public int run(List<String> arguments) {
            return plugin.call(() -> command.run(arguments));
        }
    }
}
