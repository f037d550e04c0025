"""Section 11: the console, in a real browser."""

import re
import signal
import time

from blackbox.channels import OURS, many, refused
from blackbox.consolepage import FAINT, console
from blackbox.operators import ADMIN, TOKEN, TOKEN_FILE, WITH_TOKEN, admin_port, ask, bearer
from blackbox.server import free_port
from conform import EMIT, case, eq, matches, ok

CHANNELS = [*ADMIN, "--channels"]
LARGE_BODIES = ["--max-body-size", "1MB"]
EVIL = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=2</script>"
VIEWS = ("overview", "channels", "streams", "live", "publish", "log", "options")


def files(t):
    """All files of the page, by their paths."""
    found, left = {}, ["/"]
    while left:
        path = left.pop()
        response = ask(t, "GET", path)
        eq(response.status, 200, f"status of {path}")
        found[path] = response
        names = re.findall(r'(?:src|href)="(/[^"]+)"', response.text) + [
            path.rsplit("/", 1)[0] + "/" + name for name in re.findall(r'from "\./([^"]+)"', response.text)]
        left += [name for name in names if name not in found and name not in left]
    return found


@case("11", "the console is one page with Content-Security-Policy: default-src 'self', from no other host, and nothing inline",
      args=ADMIN, original=OURS)
def page_files(t):
    types = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    found = files(t)
    ok(len(found) > 5, f"files: {sorted(found)}")
    for path, response in found.items():
        kind = path.rsplit(".", 1)[1] if "." in path else "html"
        eq(response.get("content-security-policy"), "default-src 'self'", f"policy of {path}")
        ok(response.get("content-type").startswith(types[kind]), f"type of {path}: {response.get('content-type')}")
        hosts = set(re.findall(r"https?://[^\s\"'`)]+", response.text)) - {"http://www.w3.org/2000/svg"}
        eq(hosts, set(), f"addresses in {path}")
        eq(ask(t, "HEAD", path).status, 200, f"status of HEAD {path}")
    html = found["/"].text
    ok(not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html), "something is inline")
    eq(ask(t, "POST", "/", body=b"").status, 405, "status of POST /")
    eq(ask(t, "GET", "/console/nothing.js").status, 404, "status of a file that is not there")


@case("11", "the console shows live metrics, and loads everything from its own listener", args=CHANNELS,
      original=OURS)
def figures(t):
    streams = [t.sub("/sse/news") for _ in range(3)]
    with console(t) as shown:
        shown.wait_text("#metrics", "Streams\n3")
        streams.append(t.sub("/sse/news"))
        shown.wait_text("#metrics", "Streams\n4")
        eq(shown.page.evaluate("document.title"), "Overview – Tiny SSE console", "title")
        eq(shown.page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).origin)"
                               ".filter(origin => origin !== location.origin)"), [], "other origins")


@case("11", "the chart of the last ten minutes is there at once when a page is opened, from what the server remembers", args=ADMIN,
      original=OURS)
def chart(t):
    stream = t.sub()
    t.wait(lambda: sum(sample["streams"] for sample in ask(t, "GET", "/figures").json()["samples"]) >= 3,
           "samples with the stream")
    stream.leave()
    t.wait(lambda: ask(t, "GET", "/figures").json()["samples"][-1]["streams"] == 0, "a sample without it")
    with console(t) as shown:
        shown.page.wait("document.querySelectorAll('#charts svg .line').length", 4)
        for title in ("Streams", "Messages published per second", "Delivery", "Messages lost per second"):
            shown.wait_text("#charts", title)
        shown.page.wait("(document.querySelector('#charts svg .line').getAttribute('d') ?? '').split('L').length > 3", True)


@case("11", "channels lead to their streams, a stream to its details, and a button there ends it", args=CHANNELS, original=OURS)
def end_a_stream(t):
    stay, go = t.sub("/sse/news"), t.sub("/sse/news,orders.*")
    t.publish("x", path="/sse/news")
    for stream in (stay, go):
        eq(stream.block(), "data: x", "event")
    with console(t, "channels") as shown:
        shown.follow("news")
        shown.wait_text("#view-channel", "Channel news", "Streams\n2")
        listed = ask(t, "GET", "/streams?channel=orders.*").json()["streams"]
        eq(len(listed), 1, "streams of the pattern")
        shown.follow(listed[0]["id"])
        shown.wait_text("#stream-details", listed[0]["address"], "news, orders.*", "Messages sent")
        shown.click("#stream-end")
        shown.page.wait("document.getElementById('confirm').open", True)
        shown.click("#confirm button[value=no]")
        eq(len(ask(t, "GET", "/streams").json()["streams"]), 2, "streams after Cancel")
        shown.click("#stream-end")
        shown.click("#confirm-yes")
        matches(r"^retry: \d+$", go.block(), "last event")
        go.to_end()
        shown.wait_text("#stream-result", "closed")
        shown.page.wait("document.getElementById('stream-end').disabled", True)
    t.publish("y", path="/sse/news")
    eq(stay.block(), "data: y", "event of the other stream")


@case("11", "without the tick in its box the client gets no retry", args=CHANNELS, original=OURS)
def end_without_retry(t):
    stream = t.sub("/sse/news")
    with console(t, "streams") as shown:
        shown.follow(ask(t, "GET", "/streams").json()["streams"][0]["id"])
        shown.click("#stream-end")
        shown.click("#confirm-retry")
        shown.click("#confirm-yes")
        eq(stream.to_end(), "", "rest of the stream")


@case("11", "whatever is published or claimed shows as text", args=CHANNELS, original=OURS, script=f"""
function subscribe(sub) sub.user = [==[{EVIL}]==] return sub end
function publish(pub)
  if pub.channel == "broken" then error([==[{EVIL}]==]) end
  return pub
end
""")
def text_only(t):
    t.sub("/sse/news")
    t.post_json({"data": "x"}, path="/sse/broken")
    with console(t, "live/news") as shown:
        shown.wait_text("#live-state", "Watching news")
        t.publish(EVIL, path="/sse/news", id=EVIL, event=EVIL, comment=[EVIL])
        shown.wait_text("#live-messages", EVIL, ": " + EVIL)
        shown.view("streams")
        shown.wait_text("#streams-list", EVIL)
        shown.follow(ask(t, "GET", "/streams").json()["streams"][0]["id"])
        shown.wait_text("#stream-details", EVIL)
        shown.view("channel/" + "%3Cimg%20src=x%20onerror=alert(1)%3E")
        shown.wait_text("#channel-title", "<img src=x onerror=alert(1)>")
        shown.view("log")
        shown.wait_text("#log-lines", EVIL)
        eq(shown.page.evaluate("[window.hacked ?? 0, document.querySelectorAll('main img, main script').length]"), [0, 0],
           "what has become of it")


@case("11", "a live view is no subscriber, asks no hook, and stops when it is left", args=CHANNELS, original=OURS,
      script=EMIT + """
function subscribe(sub) emit("asked", {name = "subscribe"}) return sub end
function message(pub, sub) emit("asked", {name = "message"}) return pub end
""")
def live_view(t):
    with console(t, "live/news") as shown:
        shown.wait_text("#live-state", "Watching news")
        eq(t.publish("one", path="/sse/news"), {"queued": 0, "subscribers": 0}, "response")
        t.publish("other", path="/sse/orders")
        t.publish("two", path="/sse/news")
        shown.wait_text("#live-messages", "one", "two")
        ok("other" not in shown.text("#live-messages"), "a message of another channel is shown")
        shown.view("overview")
        shown.view("live")
        shown.wait_text("#live-state", "Stopped")
    eq(t.emitted_now("asked"), [], "hooks that were asked")
    eq(ask(t, "GET", "/streams").json()["streams"], [], "streams")


@case("11", "a live view takes patterns; what is no name or pattern is a 400", args=CHANNELS, original=OURS)
def live_patterns(t):
    with console(t, "live/orders.*") as shown:
        shown.wait_text("#live-state", "Watching orders.*")
        t.publish("one", path="/sse/orders.1")
        shown.wait_text("#live-messages", "orders.1", "one")
    for name in ("a..b", "%2F", "a%20b", "%FF"):
        refused(ask(t, "GET", f"/channels/{name}/events"), 400)


@case("11", "a live view of thousands of messages a second keeps a hundred rows and says how many it left out",
      args=[*CHANNELS, *LARGE_BODIES], original=OURS)
def live_flood(t):
    with console(t, "live/news") as shown:
        shown.wait_text("#live-state", "Watching news")
        for start in range(0, 20000, 5000):
            many(t, 5000, path="/sse/news", start=start)
        t.publish("the last one", path="/sse/news")
        shown.wait_text("#live-messages", "the last one")
        shown.wait_text("#live-state", "came too fast to show")
        rows = shown.page.evaluate("document.getElementById('live-messages').rows.length")
        ok(rows <= 100, f"rows: {rows}")


@case("11", "thousands of channels and streams are shown a page at a time", args=CHANNELS, original=OURS)
def pages(t):
    for i in range(130):
        t.sub(f"/sse/room.{i:03}")
    with console(t, "channels") as shown:
        shown.wait_text("#channels-list", "room.000", "room.049")
        eq(shown.page.evaluate("document.querySelectorAll('#channels-list tbody tr').length"), 50, "rows")
        shown.click("#channels-list .pages button:last-child")
        shown.wait_text("#channels-list", "room.050", "room.099")
        shown.click("#channels-list .pages button:last-child")
        shown.wait_text("#channels-list", "room.129")
        shown.page.wait("document.querySelector('#channels-list .pages button:last-child').disabled", True)
        shown.click("#channels-list .pages button:first-child")
        shown.wait_text("#channels-list", "room.000")
        shown.fill("#channels-prefix", "room.12")
        shown.click("#channels-form button")
        shown.wait_text("#channels-list", "room.120")
        shown.page.wait("document.querySelectorAll('#channels-list tbody tr').length", 10)
        shown.view("streams")
        shown.page.wait("document.querySelectorAll('#streams-list tbody tr').length", 50)
        shown.fill("#streams-channel", "room.007")
        shown.click("#streams-form button")
        shown.page.wait("document.querySelectorAll('#streams-list tbody tr').length", 1)


@case("11", "the form publishes without the hook publish, and shows what came of it", args=CHANNELS, original=OURS,
      script="function publish(pub) return nil end")
def console_publish_form(t):
    stream = t.sub("/sse/news")
    with console(t, "channel/news") as shown:
        shown.follow("Publish")
        shown.fill("#publish-event", "note")
        shown.fill("#publish-id", "7")
        shown.fill("#publish-data", "one\ntwo")
        shown.click("#publish-form button")
        stream.expect("id: 7\nevent: note\ndata: one\ndata: two")
        shown.wait_text("#publish-result", "Published to 1 stream")
        shown.fill("#publish-channel", "no name")
        shown.click("#publish-form button")
        shown.wait_text("#publish-result", "Not published", "no name")


@case("11", "the log's last 200 lines at WARN and above are shown, the latest first, while they are written", args=ADMIN,
      original=OURS, script="function publish(pub) error('failure of ' .. pub.msg.data) end")
def log(t):
    t.post_json({"data": "number one"})
    with console(t, "log") as shown:
        shown.wait_text("#log-lines", "ERROR", "number one")
        time.sleep(1.1)  # a failure is logged once a second
        t.post_json({"data": "number two"})
        shown.wait_text("#log-lines", "number two")
        text = shown.text("#log-lines")
        ok(text.index("number two") < text.index("number one"), "order of the lines")
        ok("Listening" not in text, "a line at INFO is shown")


@case("11", "the effective options are shown with where they come from, and without secrets", original=OURS, files=TOKEN_FILE,
      args=[*WITH_TOKEN, "--capacity", "77", "--script-data", "s3cret-data"], env={"TINYSSE_KEEP_ALIVE": "33s"},
      script="function startup(cli) end")
def options(t):
    response = ask(t, "GET", "/options", bearer())
    by_name = {option["name"]: option for option in response.json()["options"]}
    eq((by_name["capacity"]["value"], by_name["capacity"]["from"]), ("77", "--capacity"), "a flag")
    eq((by_name["keep-alive"]["value"], by_name["keep-alive"]["from"]), ("33s", "TINYSSE_KEEP_ALIVE"), "a variable")
    eq((by_name["timeout"]["value"], by_name["timeout"]["from"]), ("5m", "the default"), "a default")
    eq(by_name["data-dir"]["value"], None, "an option that is not set")
    for secret in ("s3cret", TOKEN):
        ok(secret not in response.text, "a secret is shown")


@case("11", "with a token the page asks for it, takes no wrong one, keeps a cookie that scripts cannot read, and logs out",
      original=OURS, args=WITH_TOKEN, files=TOKEN_FILE)
def login(t):
    with console(t, live=False) as shown:
        shown.page.wait("document.getElementById('view-login')?.checkVisibility()", True)
        shown.page.wait("document.activeElement.id", "login-token")
        shown.fill("#login-token", "wrong")
        shown.click("#login-form button")
        shown.wait_text("#login-error", "token is required")
        shown.fill("#login-token", TOKEN)
        shown.click("#login-form button")
        shown.page.wait("document.getElementById('state')?.dataset.state", "live")
        shown.wait_text("#metrics", "Streams")
        eq(shown.page.evaluate("document.cookie"), "", "cookies that scripts see")
        shown.click("#logout")
        shown.page.wait("document.getElementById('view-login')?.checkVisibility()", True)
        ok(TOKEN not in shown.page.evaluate("document.documentElement.outerHTML"), "the token is in the page")


@case("11", "the page needs no token, and all that it shows needs one", args=WITH_TOKEN, files=TOKEN_FILE,
      original=OURS)
def needs_token(t):
    eq(len(files(t)) > 5, True, "files without the token")
    for path in ("/session", "/figures", "/log", "/options", "/events", "/streams", "/channels", "/channels/x/events"):
        eq(ask(t, "GET", path).status, 401, f"status of {path}")
        eq(ask(t, "GET", path, bearer("wrong")).status, 401, f"status of {path} with a wrong token")
    for path in ("/session", "/figures", "/log", "/options"):
        eq(ask(t, "GET", path, bearer()).status, 200, f"status of {path} with the token")


@case("11", "a page of another site can neither read nor publish, whatever cookie the browser has", args=ADMIN, original=OURS)
def other_sites(t):
    for origin in ("https://evil.example", "null"):
        eq(ask(t, "POST", "/publish", {"Origin": origin, "Content-Type": "application/json"}, b'{"data":"x"}').status, 403,
           f"status for {origin}")
    eq(ask(t, "GET", "/", {"Host": "evil.example"}).status, 403, "status for another Host")


@case("11", "the page says when its server is away, and is live again when it is back", args=[], start=False, original=OURS)
def comes_back(t):
    admin = free_port()
    args = ["--admin-listen", f"127.0.0.1:{admin}"]
    t.start(args)
    with console(t, port=admin) as shown:
        shown.wait_text("#metrics", "Streams\n0")
        t.may_exit = True
        t.server.signal(signal.SIGKILL)
        shown.wait_text("#state", "disconnected")
        t.start(args, port=t.port)
        shown.page.wait("document.getElementById('state').dataset.state", "live")
        t.sub()
        shown.wait_text("#metrics", "Streams\n1")


@case("11", "a page whose cookie counts no longer asks for the token again, in whatever view it is", args=[], start=False,
      files=TOKEN_FILE, original=OURS)
def logged_out(t):
    admin = free_port()
    args = ["--admin-listen", f"127.0.0.1:{admin}", "--admin-token-file", t.write("token", TOKEN)]
    t.start(args)
    with console(t, port=admin, live=False) as shown:
        shown.page.wait("document.getElementById('view-login')?.checkVisibility()", True)
        shown.fill("#login-token", TOKEN)
        shown.click("#login-form button")
        shown.page.wait("document.getElementById('state')?.dataset.state", "live")
        shown.view("streams")
        t.may_exit = True
        t.server.signal(signal.SIGKILL)
        shown.wait_text("#state", "disconnected")
        t.start(args, port=t.port)
        shown.page.wait("document.getElementById('view-login')?.checkVisibility()", True)
        shown.view("options")
        shown.page.evaluate("new Promise(resolve => setTimeout(resolve, 200))")
        eq(shown.page.evaluate("document.getElementById('view-options').checkVisibility()"), False, "view of who is not logged in")


@case("11", "the keyboard reaches everything: the skip link, views, charts and the question before a stream ends", args=CHANNELS,
      original=OURS)
def keyboard(t):
    t.sub("/sse/news")
    with console(t) as shown:
        shown.wait_text("#metrics", "Streams\n1")
        shown.press("Tab")
        eq(shown.focused(), "Skip to content", "first stop of the focus")
        shown.press("Enter")
        eq(shown.focused(), "main", "behind the skip link")
        shown.page.evaluate("document.querySelector('#charts svg').focus(); 0")
        for key in ("Home", "ArrowRight", "ArrowLeft"):
            shown.press(key)
        matches(r"^\d+ at \d\d:\d\d:\d\d$", shown.page.evaluate(
            "document.querySelector('#charts svg').getAttribute('aria-valuetext')"), "value that is read")
        shown.page.evaluate("document.querySelector('nav a[href=\"#streams\"]').focus(); 0")
        eq(shown.page.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "solid", "outline of the focus")
        shown.press("Enter")
        shown.page.wait("document.querySelector('nav a[aria-current=page]').innerText", "Streams")
        shown.follow(ask(t, "GET", "/streams").json()["streams"][0]["id"])
        shown.page.wait("document.activeElement.id", "stream-title")
        shown.page.wait("document.getElementById('stream-end').disabled", False)
        shown.press("Tab")
        eq(shown.focused(), "stream-end", "next stop of the focus")
        shown.press("Enter")
        shown.page.wait("document.getElementById('confirm').open", True)
        shown.press("Escape")
        shown.page.wait("document.getElementById('confirm').open", False)
        eq(shown.focused(), "stream-end", "where the focus is when the question is gone")
        eq(len(ask(t, "GET", "/streams").json()["streams"]), 1, "streams")


@case("11", "everything that can be operated has a name, tables have headers, and the views are landmarks", args=CHANNELS,
      original=OURS)
def console_names(t):
    t.sub("/sse/news")
    with console(t) as shown:
        for view in (*VIEWS, "channel/news", "stream/x"):
            shown.view(view)
            shown.page.wait(f"document.getElementById('view-{view.split('/')[0]}').checkVisibility()", True)
            nodes = shown.page.browser.call("Accessibility.getFullAXTree", shown.page.session)["nodes"]
            seen = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes
                    if not node.get("ignored") and "role" in node]
            roles = [role for role, _ in seen]
            for role in ("banner", "navigation", "main", "heading"):
                ok(role in roles, f"{view} has no {role}")
            unnamed = [role for role, name in seen if not name.strip() and role in (
                "button", "link", "textbox", "searchbox", "checkbox", "slider", "table", "region", "search", "columnheader")]
            eq(unnamed, [], f"nodes of {view} without a name")
        eq(shown.page.evaluate("[...document.querySelectorAll('table')].filter(table => !table.caption || "
                               "[...table.tHead.rows[0].cells].some(cell => cell.scope !== 'col')).length"), 0, "tables without")


@case("11", "texts have the contrast of WCAG AA in light and dark, and fit at 1280 and 400 pixels", args=CHANNELS, original=OURS)
def looks(t):
    t.sub("/sse/news")
    with console(t) as shown:
        for scheme in ("light", "dark"):
            shown.colours(scheme)
            for width in (1280, 400):
                shown.width(width)
                for view in (*VIEWS, "channel/news", "stream/x"):
                    shown.view(view)
                    shown.page.wait(f"document.getElementById('view-{view.split('/')[0]}').checkVisibility()", True)
                    shown.page.wait(f"{FAINT}.join(', ')", "")
                    wide = shown.page.evaluate("document.documentElement.scrollWidth")
                    ok(wide <= width, f"{view} is {wide} pixels wide in {width} ({scheme})")


@case("11", "nothing moves with prefers-reduced-motion, and unknown addresses show the overview", args=ADMIN,
      original=OURS)
def motion_and_addresses(t):
    with console(t) as shown:
        shown.page.browser.call("Emulation.setEmulatedMedia", shown.page.session,
                                features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
        eq(shown.page.evaluate("[...document.querySelectorAll('*')].filter(e => "
                               "parseFloat(getComputedStyle(e).transitionDuration) > 0).length"), 0, "what moves")
        for address in ("nothing", "constructor", "stream/%zz", "__proto__/x"):
            shown.view("log")
            shown.page.wait("document.getElementById('view-log').checkVisibility()", True)
            shown.view(address)
            shown.page.wait("[...document.querySelectorAll('main > section')].filter(s => s.checkVisibility()).length", 1)
        ok(shown.page.evaluate("document.getElementById('view-overview').checkVisibility()"), "overview is shown")


@case("11", "the page does not grow while metrics, channels and messages change", args=[*CHANNELS, *LARGE_BODIES],
      original=OURS)
def does_not_grow(t):
    with console(t, "live/news") as shown:
        shown.wait_text("#live-state", "Watching news")

        def round_(number):
            many(t, 3000, path="/sse/news", start=number)
            t.publish(f"end of {number}", path="/sse/news")
            shown.view("live/news")
            shown.wait_text("#live-state", "Watching news")
            t.publish(f"seen {number}", path="/sse/news")
            shown.wait_text("#live-messages", f"seen {number}")
            for view in ("overview", "channels", "streams", "log", "options"):
                shown.view(view)
            return shown.page.evaluate("document.querySelectorAll('*').length")
        counts = [round_(number) for number in range(6)]
        ok(max(counts[3:]) <= max(counts[:3]) + 20, f"nodes of the page: {counts}")


@case("11", "a view that nobody watches any more is noticed, and there are only so many at a time", args=CHANNELS, original=OURS)
def many_views(t):
    port, t.port = t.port, admin_port(t)
    try:
        views = [t.open_stream("/channels/news/events") for _ in range(33)]
        statuses = sorted(view.head.status for view in views)
        eq(statuses, [200] * 32 + [503], "statuses")
        for view in views:
            view.leave("rst")
        t.wait(lambda: t.open_stream("/channels/news/events").head.status == 200, "a view again", timeout=20)
    finally:
        t.port = port
