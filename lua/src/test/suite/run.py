#!/usr/bin/env python3
"""Runs files of Lua's own test suite, without the lines that cannot hold here:   run.py TESTES "bin/tinysse lua" [FILE...]

TESTES is the folder testes/ of the sources of Lua 5.4.7. left-out.txt beside this script has the lines, `FILE FIRST[-LAST] REASON` each; they are
made empty, all others stay where they are. Files run in portable mode.
"""
import collections, pathlib, re, shlex, shutil, subprocess, sys, tempfile

FILES = """strings math tpack utf8 sort nextvar vararg closure calls constructs events errors goto locals literals pm bitwise bwcoercion coroutine
           files attrib cstack gc db""".split()
RUNNER = """
_port, _soft, _nomsg, _U = true, true, true, true
local file = arg[1]
local passed, problem = xpcall(dofile, function(m) return debug.traceback(tostring(m)) end, file)
print(passed and "PASS" or "FAIL", file, passed and "" or problem)
"""

left_out = collections.defaultdict(list)
for line in (pathlib.Path(__file__).parent / "left-out.txt").read_text().splitlines():
    found = re.match(r"(\S+) (\d+)(?:-(\d+))? (.+)", line)
    if found:
        left_out[found[1]].append((int(found[2]), int(found[3] or found[2])))

source, command, chosen = pathlib.Path(sys.argv[1]), shlex.split(sys.argv[2]), sys.argv[3:] or FILES
command[0] = str(pathlib.Path(shutil.which(command[0]) or command[0]).absolute())
failed = 0
with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder) / "testes"
    shutil.copytree(source, work)
    (work / "runner.lua").write_text(RUNNER)
    for name in chosen:
        file = work / f"{name}.lua"
        lines = file.read_bytes().split(b"\n")
        for first, last in left_out[name]:
            lines[first - 1:last] = [b""] * (last - first + 1)
        file.write_bytes(b"\n".join(lines))
        try:
            run = subprocess.run([*command, "runner.lua", file.name], cwd=work, capture_output=True, timeout=300)
            output = (run.stdout + run.stderr).decode("latin-1")
        except subprocess.TimeoutExpired:
            output = f"FAIL {name}: no end in 300 s"
        verdict = re.search(r"^(PASS|FAIL)\t(.|\n)*", output, re.M)
        print(verdict[0].strip() if verdict else f"FAIL\t{name}\n{output[-2000:]}", flush=True)
        failed += not (verdict and verdict[1] == "PASS")
print(f"{len(chosen) - failed} of {len(chosen)} passed")
sys.exit(failed > 0)
