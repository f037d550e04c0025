"""The registry of cases: a case is a function with the contract's section, a sentence, and the server it wants."""

import importlib.util
import os
import re

CASES = []

# First line for a script whose results the case wants to see: emit("kind", {…}) arrives as t.emitted("kind").
EMIT = (
    'local json = require "json" '
    'local function emit(kind, t) t = t or {} t.kind = kind print("@@" .. json.encode(t)) end '
)


class Case:
    def __init__(self, run, section, says, **options):
        self.run, self.section, self.says = run, section, says
        self.name = run.__name__
        self.file = ""
        self.args = options.pop("args", [])
        self.script = options.pop("script", None)
        self.files = options.pop("files", {})
        self.env = options.pop("env", {})
        self.start = options.pop("start", True)
        self.original = options.pop("original", None)
        self.fails = options.pop("fails", None)
        if options:
            raise TypeError(f"case {self.name}: unknown options {sorted(options)}")
        if self.original is not None and not self.original.startswith("differs: "):
            raise TypeError(f"case {self.name}: original must read 'differs: reason'")


def case(section, says, **options):
    """Registers a function as a case. `section` is the contract's, `says` is what is checked, in a sentence.

    args      command line added after `--listen 127.0.0.1:PORT`
    script    text of the hook script; written to hooks.lua and passed with --script
    files     name → text or bytes, written into the case's directory before the start
    env       environment variables for the server
    start     False: the case starts servers itself with t.start(…)
    original  "differs: reason" where the reference program is known not to do this
    fails     why it is known to fail for now; when it passes, that is a failure, so that the mark is taken away
    """

    def register(run):
        CASES.append(Case(run, section, says, **options))
        return run

    return register


def load(path):
    """Loads a case file; what it registers is appended to CASES."""
    before = len(CASES)
    spec = importlib.util.spec_from_file_location("cases_" + re.sub(r"\W", "_", os.path.abspath(path)), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for case_ in CASES[before:]:
        case_.file = os.path.basename(path)
