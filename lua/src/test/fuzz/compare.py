#!/usr/bin/env python3
"""Runs the same random programs in a Lua and in PUC Lua and shows where they differ:   compare.py "bin/tinysse lua" [--puc lua5.4] [--programs 20000] [--seed 1] [--lines]

--lines breaks the programs into lines all over; PUC Lua before 5.4.7 then reports some errors on other lines. The last line counts; the status is 1 if there is a difference.
"""
import argparse, pathlib, shlex, subprocess, sys

parser = argparse.ArgumentParser()
parser.add_argument("lua")
parser.add_argument("--puc", default="lua5.4")
parser.add_argument("--lines", action="store_true")
parser.add_argument("--programs", type=int, default=20000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
script = pathlib.Path(__file__).with_name("programs.lua")


def run(command):
    arguments = [*shlex.split(command), str(script), str(options.seed), str(options.programs), *["lines"] * options.lines]
    return subprocess.run(arguments, stdout=subprocess.PIPE, timeout=600).stdout.decode("latin-1").splitlines()


wanted, got = run(options.puc), run(options.lua)
different = [(w, g) for w, g in zip(wanted, got) if w != g]
for w, g in different[:20]:
    print(f"PUC   {w}\nours  {g}\n")
missing = abs(len(wanted) - len(got))
print(f"{len(wanted)} programs, {len(different)} differ, {missing} missing")
sys.exit(bool(different or missing))
