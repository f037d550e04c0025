"""Small providers in Java, made for a case."""

from .plugins import compile_java, jar

# A provider of the given name and extensions, in a package of its own, with what the case wants of it.
PROVIDER = """package %(package)s;
import dev.tinysse.api.*;
import java.util.*;
public class Provider implements HookProvider {
    %(extra)s
    public int apiVersion() { return %(api)s; }
    public String name() { return "%(name)s"; }
    public Set<String> extensions() { return Set.of(%(extensions)s); }
    public List<Command> commands() { %(commands)s; }
    public Hooks load(Script script, HookContext context) {
        %(hooks)s;
    }
    static class Greet implements Command {
        public String name() { return "greet-%(name)s"; }
        public String summary() { return "Greets"; }
        public int run(List<String> arguments) { System.out.println(%(greeting)s + arguments); return 7; }
    }
}
"""


# Hooks that replace the data of each message.
HOOKS = """return new Hooks() {
            public Optional<Publication> publish(Publication publication) {
                return Optional.of(publication.withMessage(Message.of(%s)));
            }
        }"""


def provider(package, extra="", api="API_VERSION", name=None, extensions="", greeting='"hello"', hooks=None,
             commands="return List.of(new Greet())"):
    """The source of a provider; `greeting` is what it makes of each message and what its command prints."""
    return {f"{package}/Provider.java": PROVIDER % {
        "package": package, "extra": extra, "api": api, "name": package if name is None else name,
        "extensions": extensions, "greeting": greeting, "hooks": hooks or HOOKS % greeting, "commands": commands}}


def plugin(t, package, file=None, service=None, version=None, **options):
    """A jar with one provider."""
    classes = compile_java(t, provider(package, **options), "classes-" + package)
    return jar(t, file or f"{package}.jar", classes, package, service or f"{package}.Provider", version)
