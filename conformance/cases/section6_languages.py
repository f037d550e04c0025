"""Section 6: other languages, each built from its example as a stranger would, and dropped into an image."""

from blackbox.channels import HISTORY, OURS, data
from blackbox.fixtures import error_text
from blackbox.plugins import example, image_with, launcher
from conform import case, eq, matches


def image_with_js(t):
    return image_with(t, {"js-hooks": example("js-hooks").product(t, "js-hooks")})


def start_js(t, source, args=()):
    """A server with a script in JavaScript."""
    return t.start(["--script", t.write("hooks.js", source), *args], command=launcher(image_with_js(t)))


def check_channels(t):
    """The examples of channels, in any language."""
    news, sports = t.sub("/sse?channel=news"), t.sub("/sse?channel=sports")
    eq(t.publish("to news", path="/sse?channel=news")["subscribers"], 2, "subscribers asked")
    t.publish("to sports", path="/sse?channel=sports")
    t.publish("more news", path="/sse?channel=news")
    news.expect("data: to news", "data: more news")
    sports.expect("data: to sports")
    for refused in (t.post_json({"data": "to nobody"}), t.get("/sse")):
        eq((refused.status, error_text(refused)), (400, "channel required"), "without a channel")


@case("6", "the channels example in JavaScript runs in a copy of the image with the plugin dropped in", start=False)
def javascript_channels(t):
    image = image_with_js(t)
    t.start(["--script", t.path("channels.js")], command=launcher(image),
            files={"channels.js": open(example("js-hooks").folder + "/channels.js").read()})
    t.log(r" INFO .*Plugin loaded: provider=js version=\S+ file=\S+/image/plugins/js-hooks$")
    check_channels(t)
    eq(t.server.output("err"), [], "standard error")


REACHED = """
const names = ["Java", "Polyglot", "Packages", "java", "javax", "load", "require", "process", "read"];
const reached = names.filter(name => typeof globalThis[name] !== "undefined");
for (const name of ["getClass", "class", "wait"]) if (sleep[name] !== undefined) reached.push("sleep." + name);
function publish(pub) { pub.msg.data = "reached: " + reached.join(); return pub; }"""


@case("6", "JavaScript sees nothing of Java, files or other languages, unless the sandbox is lifted", start=False)
def javascript_sandbox(t):
    for args, reached in (([], ""), (["--unsafe-script"], "Java,Polyglot,Packages,java,javax")):
        start_js(t, REACHED, args)
        stream = t.sub()
        t.publish("x")
        stream.expect("data: reached: " + reached)


@case("6", "a JavaScript call that sleeps lets the other streams and publishers continue", start=False)
def javascript_sleep(t):
    start_js(t, """
let open = false;
function publish(pub) { if (pub.msg.data === "release") { open = true; return null; } return pub; }
function subscribe(sub) { sub.held = sub.req.query === "hold"; return sub; }
function message(pub, sub) { while (sub.held && !open) sleep(10); return pub; }""")
    held, free = t.sub("/sse?hold"), t.sub()
    for i in range(5):
        t.publish(f"m{i}")
        free.expect(f"data: m{i}")
    eq(t.post_json({"data": "release"}).status, 403, "status of the release")
    held.expect(*[f"data: m{i}" for i in range(5)])


@case("6", "a JavaScript call that never ends, or fails, ends with an error that names file and line", start=False)
def javascript_failures(t):
    start_js(t, """function publish(pub) {
  if (pub.msg.data === "loop") while (true) {}
  if (pub.msg.data === "fail") throw new Error("boom");
  if (pub.msg.data === "wrong") return 42;
  return pub;
}""", ["--script-timeout", "2s"])
    stream = t.sub()
    for data, logged in (("loop", r"hooks\.js:2: ended after 2000 ms"), ("fail", r"hooks\.js:3: Error: boom"),
                         ("wrong", r"hooks\.js: TypeError: publish must return pub or nothing: it returned 42")):
        eq(t.post_json({"data": data}).status, 500, f"status of {data}")
        t.log(logged)
    t.publish("fine")
    stream.expect("data: fine")


@case("6", "a JavaScript file that does not load ends the start with status 1 and names file and line", start=False)
def javascript_mistake(t):
    t.may_exit = True
    server = t.start(["--script", t.write("hooks.js", "let fine = 1;\nlet wrong = = 1;")], wait=False,
                     command=launcher(image_with_js(t)))
    eq(server.wait_exit(60), 1, "exit status")
    matches(r" ERROR .*hooks\.js:2: SyntaxError: Expected an operand", "\n".join(server.output()), "log")


@case("6", "a JavaScript script is reloaded on SIGHUP, and open streams stay open", start=False)
def javascript_reload(t):
    start_js(t, "function publish(pub) { pub.msg.data += ' of the first'; pub.n = 1; return pub; } "
                "function message(pub, sub) { return pub; } function subscribe(sub) { sub.n = 1; return sub; }")
    stream = t.sub()
    t.publish("x")
    stream.expect("data: x of the first")
    t.write("hooks.js", "function message(pub, sub) { pub.msg.data += ' of the second'; return pub; }")
    t.server.signal(1)
    t.log("Reloaded .*hooks.js")
    t.publish("y")
    stream.expect("data: y of the second")


@case("6", "hooks in Java need no script: the provider's name is enough", start=False)
def java_channels(t):
    file = example("java-hooks").product(t, "java-hooks-0.1.0.jar")
    t.start(["--script-provider", "channels"], command=launcher(image_with(t, {"java-hooks.jar": file})))
    t.log(r" INFO .*Plugin loaded: provider=channels version=0\.1\.0 file=\S+/java-hooks\.jar$")
    check_channels(t)


@case("6", "JavaScript reads and sets channels, its messages are in the history, and it uses the server", start=False, original=OURS)
def javascript_channels_and_history(t):
    start_js(t, """
function publish(pub) {
  if (pub.msg.data === "count") {
    tinysse.publish({data: `${tinysse.subscribers("moved")} of ${tinysse.subscribers()}`}, "moved");
    return null;
  }
  pub.channel = "moved";
  pub.note = {secret: pub.msg.data === "secret"};
  return pub;
}
function subscribe(sub) { sub.channels = new Set(["moved"]); return sub; }
function message(pub, sub) { return pub.note?.secret ? null : pub; }""", HISTORY)
    live = t.sub("/sse/a")
    eq([t.publish(text, path="/sse/b")["subscribers"] for text in ("one", "secret", "two")], [1, 1, 1], "subscribers")
    eq(t.post_json({"data": "count"}).status, 403, "status of what only counts")
    eq(data(live, 3), ["one", "two", "1 of 1"], "live")
    eq(data(t.sub("/sse?since=all"), 3), ["one", "two", "1 of 1"], "replay")
