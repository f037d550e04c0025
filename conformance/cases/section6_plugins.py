"""Section 6: the plugins folder: what is found, isolated, skipped."""

from blackbox.plugins import compile_java, image_with, jar, launcher
from blackbox.sample_plugins import plugin, provider
from conform import case, eq, lacks, matches, ok

# Each release of the library finds its own words as libraries do, through the loader of the thread.
LIBRARY = {
    "library/Words.java": "package library; public interface Words { String text(); }",
    "library/Library.java": """package library;
public class Library {
    public static String greeting() {
        return java.util.ServiceLoader.load(Words.class).findFirst().map(Words::text).orElse("nothing") + " of %s";
    }
}""",
    "library/Mine.java": """package library;
public class Mine implements Words { public String text() { return "words"; } }""",
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
        matches(" WARN .*plugin skipped", found[0], name)
        matches(cause, found[0], name)
    lacks(r"(?m)^\s+at \S+\(", "\n".join(lines), "the log")
    eq(len([line for line in lines if "skipped" in line]), len(broken) + 1, "lines about broken plugins")


@case("6", "a broken plugin whose provider is configured ends the start with an error", start=False)
def broken_plugin_asked_for(t):
    bad = plugin(t, "bad", extra='public Provider() { throw new IllegalStateException("no licence"); }')
    server, status = t.run_to_exit(["--script-provider", "bad"], command=launcher(image_with(t, {"bad.jar": bad})))
    eq(status, 1, "exit status")
    error = [line for line in server.output() if " ERROR " in line]
    eq(len(error), 1, "lines with ERROR")
    matches(r"no provider for --script-provider bad; there are: lua \(\.lua\); .*bad\.jar: .*no licence",
            error[0], "log")


@case("6", "a plugin that breaks when it loads its hooks ends the start with a line that names it", start=False)
def plugin_lacks_a_class_later(t):
    source = provider("later")["later/Provider.java"]
    source = source.replace("return new Hooks()", "Hidden.touch(); return new Hooks()")
    hidden = "package later; class Hidden { static void touch() {} }"
    classes = compile_java(t, {"later/Provider.java": source, "later/Hidden.java": hidden}, "classes")
    image = image_with(t, {"later.jar": jar(t, "later.jar", classes, "later/Provider", "later.Provider")})
    server, status = t.run_to_exit(["--script-provider", "later"], command=launcher(image))
    eq(status, 1, "exit status")
    error = [line for line in server.output() if " ERROR " in line]
    eq(len(error), 1, "lines with ERROR")
    matches(r"provider later from \S*later\.jar failed: .*later/Hidden", error[0], "log")


@case("6", "a plugin's commands are there, and commands print nothing about plugins but what is wrong", start=False)
def commands_of_plugins(t):
    image = image_with(t, {"good.jar": plugin(t, "good"), "text.jar": t.write("text.jar", "this is no jar")})
    server, status = t.run_to_exit(["greet-good", "a", "b"], listen=False, command=launcher(image))
    eq(status, 7, "exit status")
    eq(server.output("out"), ["hello[a, b]"], "standard output")
    eq(len(server.output("err")), 1, "lines on standard error")
    matches("plugin skipped: .*text.jar", server.output("err")[0], "standard error")
    server, _ = t.run_to_exit(["--help"], listen=False, command=launcher(image))
    matches(r"(?m)^  greet-good +Greets$", "\n".join(server.output("out")), "help")


@case("6", "what is in the plugins folder is not on the server's own class path", start=False)
def plugins_are_apart(t):
    image = image_with(t, {"other.jar": plugin(t, "other")})
    t.start(["--script-provider", "other"], command=launcher(image))
    command_line = open(f"/proc/{t.server.pid}/cmdline").read()
    ok("other.jar" not in command_line, "the plugin is on the command line")


@case("6", "a plugin whose commands or hooks break is named, and takes nothing else away", start=False)
def plugin_breaks_when_used(t):
    image = image_with(t, {
        "good.jar": plugin(t, "good"),
        "vain.jar": plugin(t, "vain", commands='throw new IllegalStateException("not today")'),
        "hollow.jar": plugin(t, "hollow", hooks="return null"),
    })
    server, status = t.run_to_exit(["greet-good"], listen=False, command=launcher(image))
    eq(status, 7, "exit status")
    matches(r"commands skipped: vain from \S+/vain\.jar: .*not today", "\n".join(server.output("err")),
            "standard error")
    server, status = t.run_to_exit(["--script-provider", "hollow"], command=launcher(image))
    eq(status, 1, "exit status")
    matches(r" ERROR .*provider hollow from \S+/hollow\.jar failed: .*returned null", "\n".join(server.output()), "log")
