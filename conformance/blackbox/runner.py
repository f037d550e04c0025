"""Runs one case after the other, or several at a time, and says how each went."""

import concurrent.futures
import json
import os
import time
import traceback

from .checks import Fail, Skip, short
from .context import Context
from .server import stop_all


class Result:
    def __init__(self, case_):
        self.case = case_
        self.verdict = ""  # PASS, FAIL, SKIP; KNOWN (fails, as declared); with --original DIFFERS; WRONG (declared, yet passes)
        self.reason, self.seconds = "", 0.0
        self.observed, self.output, self.killed = {}, [], False

    @property
    def failed(self):
        return self.verdict in ("FAIL", "WRONG")


def run_case(case_, options):
    result = Result(case_)
    context = Context(case_, options)
    declared = "DIFFERS" if options.original and case_.original else "KNOWN" if case_.fails and not options.original else None
    begun = time.monotonic()
    try:
        if case_.start:
            context.start(case_.args, case_.script, case_.env, case_.files)
        else:
            context.port = 0
            for name, content in case_.files.items():
                context.write(name, content)
        case_.run(context)
        if context.server and not context.may_exit and not context.server.running():
            raise Fail(f"the server ended by itself with status {context.server.process.returncode}")
        result.verdict = "WRONG" if declared else "PASS"
    except Skip as why:
        result.verdict, result.reason = "SKIP", str(why)
    except Exception as error:  # a case may fail in any way; the run continues
        result.verdict = declared or "FAIL"
        result.reason = short(reason_of(error).replace("\n", "\\n"), 400)
    finally:
        context.close()
    result.seconds = time.monotonic() - begun
    result.observed = context.observed
    result.output = [line for server in context.servers for line in server.output()]
    result.killed = any(server.killed for server in context.servers)
    return result


def reason_of(error):
    if isinstance(error, Fail):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({os.path.basename(last.filename)}:{last.lineno})"


def report(result, options):
    case_ = result.case
    if result.verdict == "PASS" and options.quiet and not result.killed:
        return
    line = f"{result.verdict:7} {case_.name} ({result.seconds:.1f} s)"
    if result.verdict == "FAIL":
        line += f": {result.reason}\n        [{case_.section}] {case_.says}"
    elif result.verdict == "SKIP":
        line += f": {result.reason}"
    elif result.verdict == "DIFFERS":
        line += f": {case_.original[len('differs: '):]} | seen: {result.reason}"
    elif result.verdict == "KNOWN":
        line += f": {case_.fails} | seen: {result.reason}"
    elif result.verdict == "WRONG":
        line += f': declaration wrong: declared "{case_.original if options.original else case_.fails}" but the case passes'
    if result.killed:
        line += "\n        (a server did not stop on SIGTERM and was killed)"
    if options.verbose and result.verdict == "FAIL":
        line += "".join(f"\n        > {short(text, 200)}" for text in result.output[-20:])
    print(line, flush=True)


# with more failures than these something is wrong that no second try mends
MAX_SECOND_TRIES = 10


def run_all(cases, options):
    """Runs the cases, options.jobs at a time, and hands back their results in order."""

    def one(case_):
        result = run_case(case_, options)
        report(result, options)
        return result

    try:
        with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
            results = list(pool.map(one, cases))
        failed = [i for i, result in enumerate(results) if result.failed]
        if options.second_try and len(failed) <= MAX_SECOND_TRIES:
            for i in failed:  # one at a time: who failed because others took the processors passes now
                print(f"once more, alone: {results[i].case.name}", flush=True)
                results[i] = one(results[i].case)
                if not results[i].failed:
                    print(f"passed at the second try: {results[i].case.name}", flush=True)
        return results
    finally:
        stop_all()


def compare(golden, results):
    """Where observations differ from a recording, as lines to print."""
    for result in results:
        recorded = golden.get(result.case.name, {})
        for key in sorted(set(recorded) | set(result.observed)):
            then, now = recorded.get(key, "(not recorded)"), result.observed.get(key, "(not observed)")
            if then != now:
                yield (f"GOLDEN  {result.case.name} {key}: "
                       f"recorded {short(repr(then), 300)}, now {short(repr(now), 300)}")


def as_json(results):
    return json.dumps([{
        "name": r.case.name, "file": r.case.file, "section": r.case.section, "says": r.case.says, "verdict": r.verdict,
        "reason": r.reason, "seconds": round(r.seconds, 3), "original": r.case.original, "killed": r.killed,
    } for r in results], indent=1)
