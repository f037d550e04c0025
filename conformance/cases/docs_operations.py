"""docs/operations.md, the dashboard and the alert rules: all that they name is there."""

import json
import os
import re
import shutil
import subprocess

from blackbox.checks import Skip
from blackbox.operators import ADMIN, ask
from blackbox.plugins import image_of
from blackbox.repository import ROOT, ours, read
from conform import case, eq, ok

RULES = os.path.join(ROOT, "deploy", "prometheus")
ONLY_IN_A_CLUSTER = {"tinysse_cluster_connected", "tinysse_cluster_seconds"}


def names(text):
    """The metrics that a text names, without what a kind adds."""
    found = set(re.findall(r"\btinysse_[a-z_]+[a-z]\b", text))
    return {re.sub(r"_(bucket|count|sum)$", "", name) for name in found}


@case("docs", "each metric that docs/operations.md, the dashboard and the rules name is there", original="differs: ours",
      args=[*ADMIN, "--channels", "--history", "5", "--data-dir", "@DIR@/data", "--anonymous", "publish:**"])
def metrics_exist(t):
    ours(t)
    t.publish("x")
    eq(t.get("/sse").status, 401, "status of a stream without a token")
    there = set(re.findall(r"^# TYPE (\w+)", ask(t, "GET", "/metrics").text, re.M))
    told = read("docs", "operations.md")
    named = names(told) | names(read("deploy", "grafana", "tinysse.json")) | names(
        read("deploy", "prometheus", "tinysse.rules.yml"))
    eq(sorted(named - there - ONLY_IN_A_CLUSTER), [], "metrics that are not there")
    eq(sorted(name for name in there - names(told) if name.startswith("tinysse")), [], "metrics that nobody is told of")


@case("docs", "promtool accepts the alert rules, and their tests pass; each alert has its line in docs/operations.md", start=False,
      original="differs: ours")
def rules(t):
    ours(t)
    alerts = set(re.findall(r"- alert: (\w+)", read("deploy", "prometheus", "tinysse.rules.yml")))
    eq(set(re.findall(r"^\| `(TinySse\w+)` ", read("docs", "operations.md"), re.M)), alerts, "alerts in the document")
    if shutil.which("promtool") is None:
        raise Skip("promtool is not installed")
    for arguments in (["check", "rules", "tinysse.rules.yml"], ["test", "rules", "tinysse.test.yml"]):
        ended = subprocess.run(["promtool", *arguments], cwd=RULES, capture_output=True, text=True, timeout=60)
        ok(ended.returncode == 0 and "FAILED" not in ended.stdout + ended.stderr, ended.stdout + ended.stderr)


@case("docs", "the files that docs/operations.md names are in the image", start=False, original="differs: ours")
def files_are_there(t):
    ours(t)
    named = re.findall(r"`(deploy/[\w./]+)`", read("docs", "operations.md"))
    ok(named, "no file is named")
    image = image_of(t)
    eq([name for name in named if not os.path.exists(os.path.join(image, name))], [], "files that are not there")


@case("docs", "the dashboard is JSON with a title and an expression for each panel", start=False, original="differs: ours")
def dashboard(t):
    ours(t)
    panels = json.loads(read("deploy", "grafana", "tinysse.json"))["panels"]
    ok(len(panels) > 10 and all(panel["title"] and all(target["expr"] for target in panel["targets"]) for panel in panels),
       "panels")
