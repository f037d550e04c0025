#!/usr/bin/env python3
"""Speed of a Lua beside PUC Lua, program by program:   bench/lua/speed.py "dist/target/tinysse/bin/tinysse lua" [--seconds 4] [FOLDER]

Each program of FOLDER (default programs/ beside this file) runs warm in one process of each, the two in turn; the result is the best run's time over PUC's
(`lua5.4` on the PATH). Results must agree. The last line is the geometric mean and the worst.
"""
import argparse
import math
import pathlib
import shlex
import subprocess

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("lua")
parser.add_argument("folder", nargs="?", default=str(here / "programs"))
parser.add_argument("--seconds", default="4")
options = parser.parse_args()


def best(command, program):
    try:
        out = subprocess.run([*shlex.split(command), str(here / "speed.lua"), str(program), options.seconds], capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None, "no result in 60 s"
    if out.returncode or not out.stdout.strip():
        return None, (out.stderr.strip().splitlines() or ["no result"])[-1]
    seconds, result = out.stdout.split(maxsplit=1)
    return float(seconds), result.strip()


ratios = []
for program in sorted(pathlib.Path(options.folder).glob("*.lua")):
    puc, right = best("lua5.4", program)
    ours, result = best(options.lua, program)
    if ours is None or result != right:
        ratios.append(math.inf)
        print(f"{program.stem:12} failed: {result}")
        continue
    ratios.append(ours / puc)
    print(f"{program.stem:12} {puc * 1000:9.2f} ms {ours * 1000:9.2f} ms  x {ours / puc:.2f}", flush=True)
mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
print(f"geometric mean x {mean:.2f}, worst x {max(ratios):.2f}")
