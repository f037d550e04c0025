"""The Dockerfile in the image: its instructions, one by one, in a folder that stands for the container's root."""

import json
import os
import re
import shlex
import signal
import subprocess

from blackbox.repository import ours, read
from conform import case, eq, matches, ok

FILE = ("deploy", "Dockerfile")
OWNER = "65532"
ADDRESS = "0.0.0.0:1983"


class Container:
    """The file system of the Dockerfile, and the programs in it, with the test's own user."""

    def __init__(self, t):
        ours(t)
        self.t, self.root = t, t.path("root")
        self.text = read(*FILE)
        self.instructions = re.findall(r"^([A-Z]+) (.*(?:\\\n.*)*)$", self.text, re.M)
        self.environment = dict(value.split("=", 1) for value in self.all("ENV"))
        for folder in ("opt", "usr/local/bin", "var/lib", "etc"):
            os.makedirs(os.path.join(self.root, folder))
        source, target = self.one("COPY").split()
        eq(source, ".", "what is copied")
        program = shlex.split(t.options.server)[0]
        os.symlink(os.path.dirname(os.path.dirname(os.path.realpath(program))), self.inside(target))
        for command in self.all("RUN"):
            run = command.replace(f"-o {OWNER} -g {OWNER}", f"-o {os.getuid()} -g {os.getgid()}")
            eq(subprocess.run(["sh", "-c", self.inside(run)]).returncode, 0, f"status of RUN {command}")

    def all(self, name):
        return [value for key, value in self.instructions if key == name]

    def one(self, name):
        (value,) = self.all(name)
        return value

    def inside(self, text):
        """A text with its paths below the folder."""
        return re.sub(r"(?<![\w/])/(?=(opt|usr/local|var|etc)\b)", self.root + "/", text)

    def start(self, arguments=()):
        environment = {name: value.replace(ADDRESS, "127.0.0.1:@PORT@") for name, value in self.environment.items()}
        entry = [self.inside(word) for word in json.loads(self.one("ENTRYPOINT"))]
        return self.t.start(map(self.inside, arguments), command=shlex.join(entry), env=environment, listen=False,
                            cwd=self.inside(self.one("WORKDIR")))

    def health(self):
        """The status of the health check."""
        command = json.loads(re.search(r"CMD (\[.*\])", self.one("HEALTHCHECK"))[1])
        environment = {**os.environ, "TINYSSE_LISTEN": f"{ADDRESS[:ADDRESS.index(':')]}:{self.t.port}"}
        return subprocess.run([self.inside(word) for word in command], env=environment, stderr=subprocess.DEVNULL).returncode


@case("deploy", "what the Dockerfile makes serves, is found healthy, and no longer once it is stopped", start=False)
def container_serves(t):
    container = Container(t)
    eq(container.environment["TINYSSE_LISTEN"], ADDRESS, "address")
    eq(container.one("EXPOSE"), ADDRESS.rpartition(":")[2], "port")
    eq(container.one("STOPSIGNAL"), "SIGTERM", "signal for the stop")
    server = container.start()
    t.publish("x")
    eq(container.health(), 0, "status of the health check")
    t.may_exit = True
    server.signal(signal.SIGTERM)
    eq(server.wait_exit(15), 0, "exit status")
    ok(container.health(), "the health check succeeds without a server")


@case("deploy", "the Dockerfile's example with a script keeps what the script writes in the volume", start=False)
def container_with_a_script(t):
    container = Container(t)
    eq(container.one("USER").split(":")[0], OWNER, "user")
    matches(rf"install -d -o {OWNER} -g {OWNER} {container.one('VOLUME')}$", "\n".join(container.all("RUN")),
            "who owns the volume")
    eq(container.one("WORKDIR"), container.one("VOLUME"), "working directory")
    (example,) = re.findall(r"^#   (docker run .* --script .*)$", container.text, re.M)
    mounts = dict(mount.split(":")[:2] for mount in re.findall(r"-v (\S+)", example.replace('"', "")))
    eq(mounts["tinysse"], container.one("VOLUME"), "where the volume is mounted")
    t.write("root" + mounts["$PWD/hooks.lua"], """
        local db = require "sqlite".open("stored.db")
        db:exec "create table if not exists t (n integer)"
        function publish(pub) db:exec "insert into t values (1)" return pub end""")
    container.start(shlex.split(example.partition(" tinysse ")[2]))
    t.publish("x")
    ok(os.path.exists(container.inside(container.one("VOLUME")) + "/stored.db"), "the database is not in the volume")
