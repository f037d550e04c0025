#!/usr/bin/env python3
"""Three nodes of Tiny SSE on one redis-server, with a balancer in front: one message reaches the streams of all.

    run.py [TINYSSE...]

TINYSSE is the command that starts a server, with options for all nodes; by default, tinysse on the PATH. The balancer is nginx, or Caddy if there is no nginx. All of
it listens on free ports of 127.0.0.1, keeps its files in a temporary folder, and has ended when the script ends.
"""
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

PATH = os.environ.get("PATH", "") + ":/usr/sbin"
PATIENCE = 30  # seconds, for each step

DEPLOY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "deploy")
NODES = [f"127.0.0.1:{port}" for port in (1983, 1984, 1985)]  # in the configurations there
FRONT = "127.0.0.1:8080"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def program(*names):
    """The first of these that is installed."""
    for name in names:
        if found := shutil.which(name, path=PATH):
            return found
    sys.exit(f"needs {' or '.join(names)}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(ends, log, *command):
    """Starts a process that is stopped when everything ends."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop():
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    ends.callback(stop)
    return process


def await_port(port, process):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"did not start: {' '.join(process.args)}") from None
            time.sleep(0.02)


def await_health(port):
    """A node is healthy as soon as it has connected to Redis."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
                if json.load(response)["status"] == "ok":
                    return
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise RuntimeError(f"no /healthz on port {port}")
        time.sleep(0.05)


def subscribe(ends, port):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/sse", headers={"Accept": "text/event-stream"})
    return ends.enter_context(urllib.request.urlopen(request, timeout=PATIENCE))


def next_event(stream):
    """The fields of the next event."""
    fields = {}
    for line in stream:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name:
            fields[name] = value
        elif "data" in fields:
            return fields
    raise RuntimeError("a stream has ended")


def publish(port, text):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/sse", json.dumps({"data": text}).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        return response.status, json.load(response)


def balance(ends, log, folder, nodes):
    """Starts a balancer in front of the nodes; hands back its port."""
    command, port = program("nginx", "caddy"), free_port()
    at = [f"127.0.0.1:{node}" for node in nodes]
    path = os.path.join(folder, "balancer.conf")
    nginx = command.endswith("nginx")
    with open(os.path.join(DEPLOY, "cluster-nginx.conf" if nginx else "cluster.Caddyfile")) as file:
        text = file.read().replace(FRONT, f"127.0.0.1:{port}")
    for shipped, real in zip(NODES, at):
        text = text.replace(shipped, real)
    if nginx:  # files of its own
        own = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)
        text = f"daemon off; pid {folder}/pid; error_log stderr;" + text.replace("http {", "http { access_log off;" + own, 1)
    with open(path, "w") as file:
        file.write(text)
    arguments = ("-p", folder, "-e", "stderr", "-c", path) if nginx else ("run", "--adapter", "caddyfile", "--config", path)
    await_port(port, start(ends, log, command, *arguments))
    print(f"balancer: {os.path.basename(command)} on port {port}")
    return port


def show(ends, log, folder, tinysse):
    engine = free_port()
    await_port(engine, start(ends, log, program("redis-server"), "--bind", "127.0.0.1", "--port", str(engine), "--dir", folder,
                             "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"))
    print("backend: redis-server on port", engine)
    nodes = []
    for number in (1, 2, 3):
        port = free_port()
        node = start(ends, log, *tinysse, "--listen", f"127.0.0.1:{port}", "--history", "100", "--node-name", f"node-{number}",
                     "--cluster", f"redis://127.0.0.1:{engine}")
        await_port(port, node)
        await_health(port)
        print(f"node-{number}: on port {port}")
        nodes.append(port)
    front = balance(ends, log, folder, nodes)
    streams = [subscribe(ends, port) for port in nodes]
    text = "hello from somewhere"
    status, response = publish(front, text)
    print(f"published through the balancer: {status} {json.dumps(response)}")
    events = [next_event(stream) for stream in streams]
    for number, event in enumerate(events, 1):
        print(f"arrived at node-{number}: {event['data']} (id {event['id']})")
    if len({event["id"] for event in events}) > 1 or any(event["data"] != text for event in events):
        raise RuntimeError("that is not the same message everywhere")
    print("one message, three nodes, one id")


def main():
    if sys.argv[1:2] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    command, *options = sys.argv[1:] or ["tinysse"]
    tinysse = [program(command), *options]
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "log"), "w+b") as log:
        try:
            with contextlib.ExitStack() as ends:
                show(ends, log, folder, tinysse)
        except (OSError, RuntimeError) as e:
            log.seek(0)
            sys.exit(f"{log.read().decode(errors='replace')}\n{e}")


if __name__ == "__main__":
    main()
