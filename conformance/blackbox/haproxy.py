"""HAProxy in front of a server, with the configuration of a document."""

import os
import shutil
import subprocess

from .checks import Fail, Skip
from .server import Server, free_port


class Haproxy:
    """A HAProxy on a free port of loopback; to be used in a `with` statement."""

    def __init__(self, t, configuration, replace):
        """`replace` maps texts of the configuration to others; each has to be in it. {port} is HAProxy's own port."""
        program = shutil.which("haproxy", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if not program:
            raise Skip("haproxy is not installed")
        self.t, self.port = t, free_port()
        for old, new in replace.items():
            if old not in configuration:
                raise Fail(f"not in the configuration: {old}")
            configuration = configuration.replace(old, new.replace("{port}", str(self.port)))
        self.argv = [program, "-f", t.write("haproxy.cfg", configuration)]

    def __enter__(self):
        checked = subprocess.run([*self.argv, "-c"], capture_output=True, text=True)
        if checked.returncode:
            raise Fail(f"HAProxy rejects its configuration: {checked.stderr}")
        self.server = Server(self.argv, self.t.dir, dict(os.environ), self.port)
        self.server.wait_port(30)
        return self

    def __exit__(self, *_):
        self.server.stop(self.t.options.grace)
