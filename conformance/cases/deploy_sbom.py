"""The list of components in the image (CycloneDX) names every library that is in it."""

import glob
import json
import os
import re
import shlex
import subprocess

from blackbox.repository import ours
from conform import Skip, case, eq, ok


def image(t):
    ours(t)
    root = os.path.dirname(os.path.dirname(os.path.realpath(shlex.split(t.options.server)[0])))
    if not os.path.exists(os.path.join(root, "lib", "runtime", "release")):
        raise Skip("needs a built image")
    return root


def modules(root):
    """The modules that are linked into the runtime and are none of the JDK's, with the versions of their jars."""
    listed = subprocess.run([os.path.join(root, "lib", "runtime", "bin", "java"), "--list-modules"], capture_output=True,
                            text=True, check=True).stdout.split()
    return [name.partition("@")[::2] for name in listed if not re.match(r"(java|jdk)\.", name)]


@case("deploy", "the list of components names every library of the image, with its version", start=False)
def components(t):
    root = image(t)
    (path,) = glob.glob(os.path.join(root, "*.cdx.json"))
    with open(path, encoding="utf-8") as file:
        bom = json.load(file)
    eq(bom["bomFormat"], "CycloneDX", "format")
    named = {f"{component['name']}-{component['version']}.jar" for component in bom["components"]}
    jars = {name for name in os.listdir(os.path.join(root, "lib", "tinysse")) if name.endswith(".jar")}
    eq(jars - named, set(), "jars that are not named")
    versions = {component["version"] for component in bom["components"]}
    linked = modules(root)
    ok(len(linked) > 10, "the runtime has no modules of libraries")
    eq({version for _, version in linked if version} - versions, set(), "versions of modules that are not named")
    ok(len(bom["components"]) >= len(linked), "fewer components than modules")
    eq([component["name"] for component in bom["components"] if component["name"].startswith(("junit", "assertj"))], [],
       "libraries that only tests need")
