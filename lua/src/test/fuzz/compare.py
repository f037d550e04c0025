#!/usr/bin/env python3
"""Runs the same random programs in a Lua and in PUC Lua and shows where they differ:   compare.py "bin/tinysse lua" [--programs 20000] [--seed 1]

Needs `lua5.4` on the PATH. The last line counts; the status is 1 if there is a difference.
"""
import argparse, pathlib, shlex, subprocess, sys

parser = argparse.ArgumentParser()
parser.add_argument("lua")
parser.add_argument("--programs", type=int, default=20000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
script = pathlib.Path(__file__).with_name("programs.lua")


def run(command):
    arguments = [*shlex.split(command), str(script), str(options.seed), str(options.programs)]
    return subprocess.run(arguments, stdout=subprocess.PIPE, timeout=600).stdout.decode("latin-1").splitlines()


wanted, got = run("lua5.4"), run(options.lua)
different = [(w, g) for w, g in zip(wanted, got) if w != g]
for w, g in different[:20]:
    print(f"PUC   {w}\nours  {g}\n")
missing = abs(len(wanted) - len(got))
print(f"{len(wanted)} programs, {len(different)} differ, {missing} missing")
sys.exit(bool(different or missing))
