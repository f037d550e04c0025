"""docs/guides/monitoring.md, the dashboard and the alert rules: every metric, alert and file that they name exists."""

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


@case("docs", "each metric that the monitoring guide, the dashboard and the rules name exists, and each metric is documented", original="differs: ours",
      args=[*ADMIN, "--channels", "--history", "5", "--data-dir", "@DIR@/data", "--anonymous", "publish:**"])
def metrics_exist(t):
    ours(t)
    t.publish("x")
    eq(t.get("/sse").status, 401, "status of a stream without a token")
    there = set(re.findall(r"^# TYPE (\w+)", ask(t, "GET", "/metrics").text, re.M))
    documented = read("docs", "guides", "monitoring.md")
    named = names(documented) | names(read("deploy", "grafana", "tinysse.json")) | names(
        read("deploy", "prometheus", "tinysse.rules.yml"))
    eq(sorted(named - there - ONLY_IN_A_CLUSTER), [], "metrics that do not exist")
    eq(sorted(name for name in there - names(documented) if name.startswith("tinysse")), [], "metrics that are not documented")


@case("docs", "promtool accepts the alert rules, and their tests pass; each alert has a row in the monitoring guide", start=False,
      original="differs: ours")
def rules(t):
    ours(t)
    alerts = set(re.findall(r"- alert: (\w+)", read("deploy", "prometheus", "tinysse.rules.yml")))
    eq(set(re.findall(r"^\| `(TinySse\w+)` ", read("docs", "guides", "monitoring.md"), re.M)), alerts, "alerts in the document")
    if shutil.which("promtool") is None:
        raise Skip("promtool is not installed")
    for arguments in (["check", "rules", "tinysse.rules.yml"], ["test", "rules", "tinysse.test.yml"]):
        ended = subprocess.run(["promtool", *arguments], cwd=RULES, capture_output=True, text=True, timeout=60)
        ok(ended.returncode == 0 and "FAILED" not in ended.stdout + ended.stderr, ended.stdout + ended.stderr)


@case("docs", "the files that the guides to monitoring and deployment name are in the image", start=False, original="differs: ours")
def files_are_there(t):
    ours(t)
    named = re.findall(r"`(deploy/[\w./]+)`", read("docs", "guides", "monitoring.md") + read("docs", "guides", "deployment.md"))
    ok(named, "no file")
    image = image_of(t)
    eq([name for name in named if not os.path.exists(os.path.join(image, name))], [], "missing files")


@case("docs", "the dashboard is JSON with a title and an expression for each panel", start=False, original="differs: ours")
def dashboard(t):
    ours(t)
    panels = json.loads(read("deploy", "grafana", "tinysse.json"))["panels"]
    ok(len(panels) > 10 and all(panel["title"] and all(target["expr"] for target in panel["targets"]) for panel in panels),
       "panels")
