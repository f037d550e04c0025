"""Section 6: which provider a script gets, and the error if none is known."""

from blackbox.plugins import image_with, launcher
from blackbox.sample_plugins import plugin
from conform import case, eq, matches


@case("6", "an unknown language is an error that lists the known ones and says where to put a jar", start=False)
def unknown_language(t):
    image = image_with(t, {"good.jar": plugin(t, "good", extensions='"good", "fine"')})
    t.write("hooks.js", "")
    server, status = t.run_to_exit(["--script-provider", "js", "--script", "hooks.js"], command=launcher(image))
    eq(status, 1, "exit status")
    error = [line for line in server.output() if " ERROR " in line]
    eq(len(error), 1, "lines with ERROR")
    matches(r"no provider for --script-provider js; there are: lua \(\.lua\), "
            r"good \(\.fine \.good\) from \S+/plugins/good\.jar; "
            r"put the jar of another one into \S+/image/plugins", error[0], "log")


@case("6", "a script whose extension no provider has is Lua, and a failure of it says how to choose another language",
      start=False)
def unclaimed_script(t):
    script = 'function publish(pub) pub.msg.data = "lua" return pub end'
    t.write("hooks", script)
    t.write("hooks.txt", script)
    from_file = f"sh -c 'exec {t.options.server} \"$@\" <hooks' sh"
    for name, command in (("hooks", None), ("hooks.txt", None), ("/dev/stdin", from_file)):
        server = t.start(["--script", name], command=command)
        stream = t.sub()
        t.publish("x")
        stream.expect("data: lua")
        server.stop(1)
    t.write("hooks.py", "import os")
    server, status = t.run_to_exit(["--script", "hooks.py"])
    eq(status, 1, "exit status")
    error = [line for line in server.output() if " ERROR " in line][0]
    matches(r"hooks\.py:1: .*near 'os' \(run as lua, because no provider has its extension; "
            r"--script-provider NAME selects another\)$", error, "log")


@case("6", "several providers for one extension is an error that names both; --script-provider decides",
      start=False)
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
    matches(r"several providers for --script-provider same: same from \S+/a\.jar, same from \S+/b\.jar; remove one of the plugins",
            "\n".join(server.output()), "log")


@case("6", "a language that is named without a script is an error", start=False)
def language_without_script(t):
    server, status = t.run_to_exit(["--script-provider", "lua"])
    eq(status, 1, "exit status")
    matches("--script-provider lua needs a --script", "\n".join(server.output()), "log")
