"""The chat in examples/lua/chat: the script by itself, and the page in a browser."""

import json
import os
import urllib.parse

from blackbox.browser import Browser
from blackbox.eventstream import EventStreamParser
from blackbox.fixtures import FORM
from blackbox.repository import EXAMPLES, ours
from conform import case, eq, matches, ok

CHAT = ["--script", os.path.join(EXAMPLES, "chat", "chat.lua"),
        "--serve-static-dir", os.path.join(EXAMPLES, "chat", "static")]
SHOWN = ("[...document.querySelectorAll('#messages li')]"
         ".map(line => [...line.children].slice(1).map(part => part.textContent).join(': '))")
STATE = "document.getElementById('state')?.textContent"
PROBLEM = "document.getElementById('problem').textContent"
MARKUP = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def say(t, name, text):
    return t.post(urllib.parse.urlencode({"data": text}).encode(), FORM,
                  path="/sse?" + urllib.parse.urlencode({"name": name})).status


def told(block):
    event = EventStreamParser.parse((block + "\n\n").encode()).events[0]
    message = json.loads(event[1])
    return message["name"], message["text"]


@case("examples", "chat: messages have names, new clients get the history, resumed streams the rest", start=False)
def example_chat(t):
    ours(t)
    t.start(CHAT)
    first = t.sub()
    eq(say(t, "anna", " hello\n"), 202, "status")
    eq(say(t, "bob", MARKUP), 202, "status")
    blocks = first.blocks(2)
    eq([told(block) for block in blocks], [("anna", "hello"), ("bob", MARKUP)], "messages")
    ids = [int(block.split("\n")[0].removeprefix("id: ")) for block in blocks]
    eq(ids[1], ids[0] + 1, "second id")
    t.sub().expect(*blocks)
    t.sub(headers={"Last-Event-ID": str(ids[0])}).expect(blocks[1])
    t.sub(f"/sse?last_event_id={ids[0]}").expect(blocks[1])
    for name, text in (("", "x"), ("x" * 33, "x"), ("anna", " \n"), ("anna", "x" * 1001)):
        eq(say(t, name, text), 400, f"status of {text[:5]!r} by {name[:5]!r}")
    t.post_json({"id": "1", "event": "other", "data": "plain"}, path="/sse?name=carl")
    matches(rf"^id: {ids[1] + 1}\ndata: ", first.block(), "what a client cannot choose")


@case("examples", "chat: the page publishes and shows messages, shows markup as text and reconnects", start=False)
def example_chat_page(t):
    ours(t)
    with Browser(t.dir, patience=60) as browser:
        t.start(CHAT)
        address = f"http://127.0.0.1:{t.port}/"
        eq(say(t, "carl", "before you came"), 202, "status")
        anna, bob = browser.open(address), browser.open(address)
        for page in (anna, bob):
            page.wait(STATE, "connected")
            page.wait(SHOWN, ["carl: before you came"])
        write(anna, "anna", "hello, bob")
        write(bob, "bob", MARKUP)
        all_said = ["carl: before you came", "anna: hello, bob", "bob: " + MARKUP]
        for page in (anna, bob):
            page.wait("new Set(" + SHOWN + ").size", 3)
            eq(sorted(page.evaluate(SHOWN)), sorted(all_said), "what a page shows")
            eq(page.evaluate("document.querySelectorAll('#messages img, #messages script').length"), 0, "elements")
            eq(page.evaluate("document.title"), "Chat", "title")
        eq(anna.evaluate("document.querySelector('.mine .text').textContent"), "hello, bob", "what is anna's own")
        anna.wait("document.getElementById('text').value", "")
        eq(anna.evaluate("localStorage.getItem('name')"), "bob", "name that the browser remembers")

        bob.evaluate("connect()")  # a second stream in the same page, which gets the history again
        sent = 3
        while t.publish("again", path="/sse?name=carl")["subscribers"] < 3:
            sent += 1
        eq(say(t, "carl", "the end"), 202, "status")
        for page in (anna, bob):
            page.wait(SHOWN + ".at(-1)", "carl: the end")
            eq(page.evaluate(SHOWN + ".length"), sent + 2, "messages shown")

        write(anna, "x" * 40, "too long a name")
        anna.wait(PROBLEM, "Not sent: a name has 1 to 32 characters, a text 1 to 1000")
        anna.wait("document.getElementById('text').value", "too long a name")

        t.server.stop(t.options.grace)
        anna.wait(STATE, "reconnecting")
        eq(anna.evaluate(PROBLEM), "Not sent: a name has 1 to 32 characters, a text 1 to 1000", "what is still so")
        write(bob, "bob", "nobody listens")
        bob.wait(PROBLEM, "Not sent: the server cannot be reached")
        t.start(CHAT, port=t.port)
        eq(say(t, "carl", "the server is back"), 202, "status")
        anna.wait(SHOWN + ".at(-1)", "carl: the server is back")
        anna.wait(STATE, "connected")
        bob.wait(PROBLEM, "")
        eq(bob.evaluate("document.getElementById('text').value"), "nobody listens", "what bob can send again")
        eq(anna.evaluate(SHOWN + ".length"), sent + 3, "messages shown")
        last_id = t.sub().block().split("\n")[0].removeprefix("id: ")
        eq(anna.evaluate("EventSource = function(address) { EventSource.asked = address };"
                         "connect(); EventSource.asked"), f"/sse?last_event_id={last_id}", "address of the reconnect")


@case("examples", "chat: the page fits a screen of 320 pixels, is dark where that is wanted, and has its icon", start=False)
def example_chat_looks(t):
    ours(t)
    t.start(CHAT)
    eq(say(t, "a-name-of-thirty-two-characters-", "https://example.com/" + "x" * 200), 202, "status")
    with Browser(t.dir, patience=60) as browser:
        page = browser.open("about:blank")
        for scheme, is_shade in (("light", "every(shade => shade > 200)"), ("dark", "every(shade => shade < 60)")):
            browser.call("Emulation.setDeviceMetricsOverride", page.session, width=320, height=568, deviceScaleFactor=1,
                         mobile=True)
            browser.call("Emulation.setEmulatedMedia", page.session,
                         features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser.call("Page.navigate", page.session, url=f"http://127.0.0.1:{t.port}/")
            page.wait(SHOWN + ".length", 1)
            eq(page.evaluate("[innerWidth, document.documentElement.scrollWidth]"), [320, 320], "width, and what it needs")
            ok(page.evaluate("document.querySelector('button').getBoundingClientRect().right <= 320"), "the button is outside")
            # the colour that the system has for the background, since the page sets none
            ok(page.evaluate("(document.body.insertAdjacentHTML('beforeend', '<p id=probe>'),"
                             "probe.style.backgroundColor = 'Canvas', getComputedStyle(probe).backgroundColor)"
                             f".match(/[0-9]+/g).slice(0, 3).map(Number).{is_shade}"), f"background is not {scheme}")
        icon = page.evaluate("document.querySelector('link[rel=icon]').href")
        eq(page.evaluate(f"fetch({json.dumps(icon)}).then(r => r.status + ' ' + r.headers.get('content-type'))"),
           "200 image/svg+xml", "icon")


def write(page, name, text):
    page.evaluate(f"document.getElementById('name').value = {json.dumps(name)};"
                  f"document.getElementById('text').value = {json.dumps(text)};"
                  "document.getElementById('form').requestSubmit()")
