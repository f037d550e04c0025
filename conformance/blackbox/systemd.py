"""The settings of a systemd unit, for a machine on which systemd does not run."""

import os
import re
import shutil
import subprocess

from .checks import Skip


def systemd_analyze(*arguments):
    if not shutil.which("systemd-analyze"):
        raise Skip("systemd-analyze is not installed")
    return subprocess.run(["systemd-analyze", "--no-pager", *arguments], capture_output=True, text=True,
                          env={**os.environ, "SYSTEMD_COLORS": "0"})


class Unit:
    """The settings of a unit file. A repeated one has several values."""

    def __init__(self, text):
        self.text = text
        self.pairs = re.findall(r"^(\w+)=(.*)$", text, re.M)

    def all(self, name):
        return [value for key, value in self.pairs if key == name]

    def one(self, name):
        (value,) = self.all(name)
        return value

    def system_calls(self):
        """The names of the system calls that SystemCallFilter leaves to the service."""
        sets = system_call_sets()

        def expand(name):
            return set().union(*map(expand, sets[name])) if name.startswith("@") else {name}

        allowed = set()
        for value in self.all("SystemCallFilter"):
            names = set().union(*map(expand, value.lstrip("~").split()))
            allowed = allowed - names if value.startswith("~") else allowed | names
        return allowed


def system_call_sets():
    """The sets that systemd knows, each with the names of its calls and of further sets."""
    sets, current = {}, []
    for line in systemd_analyze("syscall-filter").stdout.splitlines():
        name = line.strip()
        if line.startswith(("@", "#")):
            current = sets.setdefault(name, [])
        elif name and not name.startswith("#"):
            current.append(name)
    return sets
