"""Section 6: docs/providers.md, followed exactly."""

import glob
import os
import re
import shutil
import signal
import subprocess
import zipfile

from blackbox.plugins import image_of, image_with, maven_environment
from blackbox.repository import blocks, read, section
from blackbox.server import free_port
from conform import Fail, Skip, case, eq, matches, ok, short

IMAGE = "/opt/tinysse"


def guide(heading):
    """The blocks of code under a heading."""
    return blocks(section(read("docs/providers.md"), heading))


@case("6", "a provider written as docs/providers.md says runs, and prints the output of the guide", start=False)
def ten_minutes(t):
    if not shutil.which("curl"):
        raise Skip("needs curl")
    image, port, commands, expected = image_with(t, {}), free_port(), [], []
    for block in guide("Tutorial"):
        file = re.search(r"File `([^`]+)`:$", block.above)
        if file:
            t.write("words/" + file[1], block.text.encode())
        elif block.language == "sh":
            commands.append(block.text)
        else:
            expected += block.text.splitlines()
    ok(len(commands) == 4 and len(expected) == 2,
       f"{len(commands)} blocks of commands, {len(expected)} lines of output")
    script = "set -e\n" + "".join(commands) + "kill $!\nwait\n"
    script = script.replace(IMAGE, image).replace("127.0.0.1:1983", f"127.0.0.1:{port}")
    environment = {**os.environ, **maven_environment(t), "TINYSSE_LISTEN": f"127.0.0.1:{port}", "NO_COLOR": "1"}
    shell = subprocess.Popen(["sh", "-c", script], cwd=t.dir, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True, text=True)
    try:
        output, _ = shell.communicate(timeout=300)
    finally:
        try:
            os.killpg(shell.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    eq(shell.returncode, 0, f"status of the commands, which printed {short(output[-600:], 600)}")
    eq([line for line in output.splitlines() if line.startswith("{")], expected, "output")
    matches(r"Plugin loaded: provider=words version=unknown file=\S+/plugins/words\.jar", output, "log")


@case("6", "the test in docs/providers.md is the one of the example", start=False)
def kit_in_five_lines(t):
    test = kit("java")[0]
    if test != read("examples/js-hooks/src/test/java/dev/tinysse/examples/js/JsContractTest.java"):
        raise Fail("the class in the guide is not the one in the example")


def kit(language):
    return [block.text for block in guide("Test kit") if block.language == language]


@case("6", "the kit, set up as docs/providers.md says, runs its tests, and fails for a language that does not keep the contract",
      start=False)
def kit_runs(t):
    for block in guide("Tutorial"):
        file = re.search(r"File `([^`]+)`:$", block.above)
        if file:
            t.write("words/" + file[1], block.text.encode())
    dependencies, plugin = kit("xml")
    with open(t.path("words/pom.xml"), encoding="utf-8") as file:
        pom = file.read()
    pom = pom.replace("  </dependencies>", dependencies + "  </dependencies>")
    t.write("words/pom.xml", pom.replace("    </plugins>", plugin + "    </plugins>"))
    test = kit("java")[0].replace("dev.tinysse.examples.js", "words").replace("Js", "Words").replace("WordsHookP", "WordsP")
    t.write("words/src/test/java/words/WordsContractTest.java", test)
    environment = {**os.environ, **maven_environment(t), "TINYSSE": image_of(t)}
    done = subprocess.run(["mvn", "test"], cwd=t.path("words"), env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    counted = re.findall(r"Tests run: (\d+), Failures: (\d+), Errors: (\d+)", done.stdout)
    ok(counted, f"no tests ran: {short(done.stdout[-600:], 600)}")
    run, *failed = map(int, counted[-1])
    ok(run >= 30 and sum(failed) > 0, f"tests and failures: {counted[-1]}")
    ok(done.returncode != 0, "the build succeeded")


@case("6", "the image has the javadoc of the API and of the kit", start=False)
def javadoc(t):
    jars = glob.glob(os.path.join(image_of(t), "lib/maven/dev/tinysse/tinysse-api/*/*-javadoc.jar"))
    eq(len(jars), 1, "jars with javadoc")
    with zipfile.ZipFile(jars[0]) as pages:
        for page in ("HookProvider", "Hooks", "tck/HookProviderContract", "tck/Behaviour"):
            ok(f"dev/tinysse/api/{page}.html" in pages.namelist(), f"no page of {page}")
