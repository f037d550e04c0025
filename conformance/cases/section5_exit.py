"""Section 5.6: os.exit ends the program at the top level and in startup, and elsewhere only without the sandbox."""

import signal

from conform import case, eq, lacks, matches

SCRIPTS = {"os.exit(7)": 7, "os.exit(true)": 0, "os.exit(false)": 1, "os.exit(256 + 9)": 9, "pcall(os.exit, 5)": 5,
           "coroutine.wrap(os.exit)(6)": 6, "function startup() os.exit() end": 0,
           "function startup() pcall(coroutine.wrap(os.exit), 8) end": 8}


@case("5.6", "os.exit at the top level and in startup ends the program with its status, without a word", start=False)
def exit_at_the_start(t):
    for script, status in SCRIPTS.items():
        server, got = t.run_to_exit(script='io.write("written") ' + script)
        eq(got, status, f"exit status of: {script}")
        output = "\n".join(server.output())
        matches("written", output, f"output of: {script}")
        lacks("ERROR", output, f"output of: {script}")


def send_publish(t):
    """Publishes without waiting for the response, which may never come."""
    t.connect().send(b'POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
                     b'Content-Length: 12\r\n\r\n{"data":"x"}')


def send_subscribe(t):
    t.connect().send(b"GET /sse HTTP/1.1\r\nHost: x\r\n\r\n")


PROVOKE = {
    "tick": lambda t: None,
    "publish": send_publish,
    "subscribe": send_subscribe,
    "catchup": send_subscribe,
    "message": lambda t: (t.sub(), send_publish(t)),
    "timeout": send_subscribe,
    "unsubscribe": lambda t: t.sub().leave(),
}


@case("5.6", "with --unsafe-script os.exit ends the program from each hook", start=False)
def exit_without_sandbox(t):
    t.may_exit = True
    for status, (hook, provoke) in enumerate(PROVOKE.items(), 41):
        t.start(["--unsafe-script", "--timeout", "400ms"], script=f"""
            local sleep = require "sleep"
            function {hook}() sleep(10) os.exit({status}) end""", wait=hook != "tick")
        provoke(t)
        eq(t.server.wait_exit(t.patience), status, f"exit status of {hook}")


@case("5.6", "os.exit in a script that is reloaded does not end the server", script="local x = 1",
      original="differs: does not reload")
def exit_on_reload(t):
    stream = t.sub()
    t.write("hooks.lua", "os.exit(3)")
    t.server.signal(signal.SIGHUP)
    t.log(r"ERROR .*not reloaded")
    t.publish("still here")
    stream.expect("data: still here")
