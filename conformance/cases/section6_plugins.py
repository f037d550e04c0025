"""Section 6: the plugins folder: what is found, kept apart, left out, chosen."""

from blackbox.plugins import compile_java, image_with, jar, launcher
from conform import case, eq, lacks, matches, ok

# A provider of the given name and extensions, in a package of its own, with what the case wants of it.
PROVIDER = """package %(package)s;
import dev.tinysse.api.*;
import java.util.*;
public class Provider implements HookProvider {
    %(extra)s
    public int apiVersion() { return %(api)s; }
    public String name() { return "%(name)s"; }
    public Set<String> extensions() { return Set.of(%(extensions)s); }
    public List<Command> commands() { return List.of(new Greet()); }
    public Hooks load(Script script, HookContext context) {
        return new Hooks() {
            public Optional<Publication> publish(Publication publication) {
                return Optional.of(publication.withMessage(Message.of(%(greeting)s)));
            }
        };
    }
    static class Greet implements Command {
        public String name() { return "greet-%(name)s"; }
        public String summary() { return "Greets"; }
        public int run(List<String> arguments) { System.out.println(%(greeting)s + arguments); return 7; }
    }
}
"""


def provider(package, extra="", api="API_VERSION", name=None, extensions="", greeting='"hello"'):
    return {f"{package}/Provider.java": PROVIDER % {
        "package": package, "extra": extra, "api": api, "name": package if name is None else name,
        "extensions": extensions, "greeting": greeting}}


def plugin(t, package, file=None, service=None, version=None, **options):
    """A jar with one provider."""
    classes = compile_java(t, provider(package, **options), "classes-" + package)
    return jar(t, file or f"{package}.jar", classes, package, service or f"{package}.Provider", version)


# Each release of the library finds its own words as libraries do, through the loader of the thread.
LIBRARY = {
    "library/Words.java": "package library; public interface Words { String text(); }",
    "library/Library.java": """package library;
public class Library {
    public static String greeting() {
        return java.util.ServiceLoader.load(Words.class).findFirst().map(Words::text).orElse("nothing") + " of %s";
    }
}""",
    "library/Mine.java": "package library; public class Mine implements Words { public String text() { return \"words\"; } }",
}


def with_library(t, package, release):
    """The classes of a provider and of the release of a library that it uses."""
    library = {path: text % release if "%s" in text else text for path, text in LIBRARY.items()}
    sources = {**provider(package, greeting="library.Library.greeting()"), **library}
    return compile_java(t, sources, "classes-" + package)


def library_jar(t, name, classes):
    return jar(t, name, classes, "library", services=[("library.Words", "library.Mine")])


@case("6", "two plugins bring different releases of one library, and both work", start=False)
def clashing_libraries(t):
    old, new = with_library(t, "old", "1.0"), with_library(t, "fresh", "2.0")
    jar(t, "old/provider.jar", old, "old", "old.Provider", "1.1")
    library_jar(t, "old/library.jar", old)
    jar(t, "fresh/provider.jar", new, "fresh", "fresh.Provider")
    library_jar(t, "fresh/library.jar", new)
    image = image_with(t, {"old": t.path("old"), "fresh": t.path("fresh")})
    for name, release in (("old", "1.0"), ("fresh", "2.0")):
        t.start(["--script-provider", name], command=launcher(image))
        stream = t.sub()
        t.publish("x")
        stream.expect(f"data: words of {release}")
        t.log(r" INFO .*Plugin loaded: provider=old version=1\.1 file=.*/plugins/old$")
        t.log(r" INFO .*Plugin loaded: provider=fresh version=unknown file=.*/plugins/fresh$")


@case("6", "a plugin sees the JDK and the API, and nothing of the server or of other plugins", start=False)
def plugin_sees_the_api_only(t):
    look = """static String seen() {
        StringBuilder seen = new StringBuilder();
        for (String name : List.of("java.sql.Driver", "dev.tinysse.api.Hooks", "dev.tinysse.broker.Broker",
                "dev.tinysse.luahooks.LuaHookProvider", "io.helidon.webserver.WebServer", "other.Provider")) {
            try { Class.forName(name); seen.append(name).append(' '); } catch (ClassNotFoundException e) { }
        }
        return seen.toString();
    }"""
    image = image_with(t, {"looking.jar": plugin(t, "looking", extra=look, greeting="Provider.seen()"),
                           "other.jar": plugin(t, "other")})
    t.start(["--script-provider", "looking"], command=launcher(image))
    stream = t.sub()
    t.publish("x")
    stream.expect("data: java.sql.Driver dev.tinysse.api.Hooks ")


@case("6", "each broken plugin is one line that names it and the cause, and the server starts without it", start=False)
def broken_plugins(t):
    classes = compile_java(t, {
        **provider("throwing", extra='public Provider() { throw new IllegalStateException("no licence"); }'),
        **provider("lacking", extra="Absent absent = new Absent(); static class Absent { }"),
        **provider("newer", api="API_VERSION + 1"),
        **provider("shouting", name="SHOUTING"),
        "stranger/Provider.java": "package stranger; public class Provider { }",
    }, "classes")
    broken = {
        "throwing": (jar(t, "throwing.jar", classes, "throwing", "throwing.Provider"), "no licence"),
        "lacking": (jar(t, "lacking.jar", classes, "lacking/Provider", "lacking.Provider"), r"lacking/Provider\$"),
        "newer": (jar(t, "newer.jar", classes, "newer", "newer.Provider"), "version 2 of the API"),
        "shouting": (jar(t, "shouting.jar", classes, "shouting", "shouting.Provider"), "name must be .*: SHOUTING"),
        "stranger": (jar(t, "stranger.jar", classes, "stranger", "stranger.Provider"), "not a subtype"),
        "absent": (jar(t, "absent.jar", provider="nobody.Knows"), "nobody.Knows not found"),
        "garbled": (jar(t, "garbled.jar", provider="two words"), "META-INF/services"),
        "silent": (jar(t, "silent.jar"), "names no provider in META-INF/services/dev.tinysse.api.HookProvider"),
        "text": (t.write("text.jar", "this is no jar"), "text.jar cannot be read as a jar"),
        "empty": (t.write("empty.jar", ""), "empty.jar cannot be read as a jar"),
    }
    t.write("folder/readme.txt", "no jar")
    image = image_with(t, {"folder": t.path("folder"), "good.jar": plugin(t, "good"),
                           **{name + ".jar": file for name, (file, _) in broken.items()}})
    t.start(["--script-provider", "good"], command=launcher(image))
    stream = t.sub()
    t.publish("x")
    stream.expect("data: hello")
    lines = t.server.output()
    for name, cause in [("folder", "no jar")] + [(name + ".jar", cause) for name, (_, cause) in broken.items()]:
        found = [line for line in lines if f"/plugins/{name}:" in line]
        eq(len(found), 1, f"lines that name {name}: {found}")
        matches(" WARN .*plugin left out", found[0], name)
        matches(cause, found[0], name)
    lacks(r"(?m)^\s+at \S+\(", "\n".join(lines), "the log")
    eq(len([line for line in lines if "left out" in line]), len(broken) + 1, "lines about broken plugins")


@case("6", "a broken plugin whose provider was asked for ends the start with a line that says why", start=False)
def broken_plugin_asked_for(t):
    bad = plugin(t, "bad", extra='public Provider() { throw new IllegalStateException("no licence"); }')
    server, status = t.run_to_exit(["--script-provider", "bad"], command=launcher(image_with(t, {"bad.jar": bad})))
    eq(status, 1, "exit status")
    error = [line for line in server.output() if " ERROR " in line]
    eq(len(error), 1, "lines with ERROR")
    matches(r"no provider for --script-provider bad; there are: lua \(\.lua\); .*bad\.jar: .*no licence", error[0], "log")


@case("6", "a plugin that breaks while it loads its hooks ends the start with a line that names it", start=False)
def plugin_lacks_a_class_later(t):
    source = provider("later")["later/Provider.java"].replace("return new Hooks()", "Hidden.touch(); return new Hooks()")
    classes = compile_java(t, {"later/Provider.java": source,
                               "later/Hidden.java": "package later; class Hidden { static void touch() { } }"}, "classes")
    image = image_with(t, {"later.jar": jar(t, "later.jar", classes, "later/Provider", "later.Provider")})
    server, status = t.run_to_exit(["--script-provider", "later"], command=launcher(image))
    eq(status, 1, "exit status")
    error = [line for line in server.output() if " ERROR " in line]
    eq(len(error), 1, "lines with ERROR")
    matches(r"provider later from \S*later\.jar cannot be used: .*later/Hidden", error[0], "log")


@case("6", "an unknown language is an error that lists the known ones and says where to put a jar", start=False)
def unknown_language(t):
    image = image_with(t, {"good.jar": plugin(t, "good", extensions='"good", "fine"')})
    t.write("hooks.js", "")
    for args, wanted in ((["--script", "hooks.js"], "--script hooks.js"),
                         (["--script-provider", "js", "--script", "hooks.js"], "--script-provider js")):
        server, status = t.run_to_exit(args, command=launcher(image))
        eq(status, 1, "exit status")
        error = [line for line in server.output() if " ERROR " in line]
        eq(len(error), 1, "lines with ERROR")
        matches(rf"no provider for {wanted}; there are: lua \(\.lua\), good \(\.fine \.good\) from \S+/plugins/good\.jar; "
                r"put the jar of another one into \S+/image/plugins", error[0], "log")


@case("6", "several providers for one extension is an error that names both, and --script-provider decides", start=False)
def several_providers(t):
    image = image_with(t, {"one.jar": plugin(t, "one", extensions='"x"', greeting='"one"'),
                           "two.jar": plugin(t, "two", extensions='"x"', greeting='"two"')})
    t.write("hooks.x", "")
    server, status = t.run_to_exit(["--script", "hooks.x"], command=launcher(image))
    eq(status, 1, "exit status")
    matches(r"several providers for --script hooks\.x: one \(\.x\) from \S+/one\.jar, two \(\.x\) from \S+/two\.jar; "
            "name one with --script-provider", "\n".join(server.output()), "log")
    t.start(["--script", "hooks.x", "--script-provider", "two"], command=launcher(image))
    stream = t.sub()
    t.publish("x")
    stream.expect("data: two")


@case("6", "two providers of one name is an error that names both", start=False)
def providers_of_one_name(t):
    file = plugin(t, "same")
    server, status = t.run_to_exit(["--script-provider", "same"],
                                   command=launcher(image_with(t, {"a.jar": file, "b.jar": file})))
    eq(status, 1, "exit status")
    matches(r"several providers for --script-provider same: same from \S+/a\.jar, same from \S+/b\.jar; take one",
            "\n".join(server.output()), "log")


@case("6", "a language that is named without a script is an error", start=False)
def language_without_script(t):
    server, status = t.run_to_exit(["--script-provider", "lua"])
    eq(status, 1, "exit status")
    matches("--script-provider lua needs a --script", "\n".join(server.output()), "log")


@case("6", "a plugin's commands are there, and commands print nothing about plugins but what is wrong", start=False)
def commands_of_plugins(t):
    image = image_with(t, {"good.jar": plugin(t, "good"), "text.jar": t.write("text.jar", "this is no jar")})
    server, status = t.run_to_exit(["greet-good", "a", "b"], listen=False, command=launcher(image))
    eq(status, 7, "exit status")
    eq(server.output("out"), ["hello[a, b]"], "standard output")
    eq(len(server.output("err")), 1, "lines on standard error")
    matches("plugin left out: .*text.jar", server.output("err")[0], "standard error")
    server, _ = t.run_to_exit(["--help"], listen=False, command=launcher(image))
    matches(r"(?m)^  greet-good +Greets$", "\n".join(server.output("out")), "help")


@case("6", "what is in the plugins folder is not on the server's own class path", start=False)
def plugins_are_apart(t):
    image = image_with(t, {"other.jar": plugin(t, "other")})
    t.start(["--script-provider", "other"], command=launcher(image))
    command_line = open(f"/proc/{t.server.pid}/cmdline").read()
    ok("other.jar" not in command_line, "the plugin is on the command line")
