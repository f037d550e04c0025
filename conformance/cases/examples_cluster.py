"""The example in examples/cluster: it runs, shows what its README says, and leaves nothing behind."""

import os
import re
import shlex
import shutil
import socket
import subprocess

from blackbox.checks import Skip
from blackbox.repository import ROOT, ours
from conform import case, eq, ok

NEEDED = (("redis-server",), ("nginx", "caddy"))


@case("examples", "cluster: one message arrives at the streams of all three nodes with one id, and everything ends", start=False)
def example_cluster(t):
    ours(t)
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    for names in NEEDED:
        if not any(shutil.which(name, path=path) for name in names):
            raise Skip(f"{' or '.join(names)} is not installed")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TINYSSE_")}
    ended = subprocess.run([os.path.join(ROOT, "examples", "cluster", "run.py"), *shlex.split(t.options.server)],
                           env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    eq(ended.returncode, 0, f"exit status after {ended.stdout}{ended.stderr}")
    arrived = re.findall(r"^arrived at node-(\d): (.+) \(id (\S+)\)$", ended.stdout, re.M)
    eq([node for node, _, _ in arrived], ["1", "2", "3"], f"nodes at which it arrived in {ended.stdout}")
    eq(len({(text, number) for _, text, number in arrived}), 1, "different messages")
    ports = re.findall(r"on port (\d+)$", ended.stdout, re.M)
    eq(len(ports), 5, "ports")
    for port in ports:
        with socket.socket() as s:
            ok(s.connect_ex(("127.0.0.1", int(port))) != 0, f"something still listens on port {port}")
