"""Plugins, built as their authors would build them, and images that hold them."""

import functools
import glob
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import threading
import zipfile

from .checks import Fail, Skip, short
from .repository import ROOT

SERVICE = "META-INF/services/dev.tinysse.api.HookProvider"


def image_of(t):
    """The folder of the image that the server command belongs to."""
    image = os.path.dirname(os.path.dirname(shlex.split(t.options.server)[0]))
    if not os.path.isdir(os.path.join(image, "plugins")):
        raise Skip("needs an image with a plugins folder")
    return image


def image_with(t, plugins):
    """A copy of the image with these plugins, name → jar or folder; hands back its folder."""
    image, copy = image_of(t), t.path("image")
    os.makedirs(os.path.join(copy, "plugins"), exist_ok=True)
    if not os.path.exists(os.path.join(copy, "bin")):
        os.symlink(os.path.join(image, "lib"), os.path.join(copy, "lib"))
        # by a process: a descriptor of this one that is open for writing, and inherited by a server that starts meanwhile, would
        # prevent the start of the copy ("Text file busy")
        subprocess.run(["cp", "-r", os.path.join(image, "bin"), copy], check=True)
        shutil.copy(os.path.join(image, "plugins", "README.md"), os.path.join(copy, "plugins"))
    for name, file in plugins.items():
        if not os.path.lexists(os.path.join(copy, "plugins", name)):
            os.symlink(file, os.path.join(copy, "plugins", name))
    return copy


def launcher(image):
    """The command that starts an image."""
    return shlex.quote(os.path.join(image, "bin", "tinysse"))


@functools.lru_cache
def jdk():
    """The folder of an installed JDK 25 or later."""
    homes = [os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*")),
             os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("javac") or "")))]
    for home in homes:
        try:
            with open(os.path.join(home, "release")) as release:
                found = re.search(r'^JAVA_VERSION="(\d+)', release.read(), re.M)
            if found and int(found[1]) >= 25 and os.path.exists(os.path.join(home, "bin", "javac")):
                return home
        except OSError:
            pass
    raise Skip("needs a JDK 25")


def run(argv, cwd, **environment):
    """Runs a command to its end, which must be a good one; hands back what it printed."""
    variables = {**os.environ, **environment}
    program = shutil.which(argv[0], path=variables["PATH"])
    done = subprocess.run([program, *argv[1:]], cwd=cwd, env=variables, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        raise Fail(f"{os.path.basename(argv[0])} ended with status {done.returncode}: {short(text[-1500:], 1500)}")
    return text


def compile_java(t, sources, out):
    """Compiles sources, path → text, against the API that the image carries, into the folder `out` of the case."""
    api = [jar for jar in glob.glob(os.path.join(image_of(t), "lib/maven/dev/tinysse/tinysse-api/*/*.jar"))
           if not jar.endswith("-tests.jar")]
    files = [t.write(f"{out}-src/{path}", text) for path, text in sources.items()]
    run([os.path.join(jdk(), "bin", "javac"), "-d", t.path(out), "-cp", ":".join(api), *files], t.dir)
    return t.path(out)


def jar(t, name, classes=None, package="", provider=None, version=None, services=()):
    """
    Writes a jar with the classes whose path begins with `package`, and service files: one that names a provider of
    hooks, and further (service, class).
    """
    path = t.path(name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n"
                     + (f"Implementation-Version: {version}\r\n" if version else ""))
        if provider is not None:
            out.writestr(SERVICE, provider + "\n")
        for service, implementation in services:
            out.writestr("META-INF/services/" + service, implementation + "\n")
        for file in sorted(glob.glob(os.path.join(classes or t.path("none"), "**", "*.class"), recursive=True)):
            if os.path.relpath(file, classes).startswith(package + ("." if package.endswith("Provider") else "/")):
                out.write(file, os.path.relpath(file, classes))
    return path


def maven_repository(folder):
    """
    A local repository without the API, whatever was installed on this machine, so that it is taken from the image; all
    else is where Maven stores it by default.
    """
    usual = os.path.expanduser("~/.m2/repository")
    for group in ("com", "org"):
        os.makedirs(os.path.join(usual, group), exist_ok=True)
    os.makedirs(os.path.join(folder, "dev"))
    for group in os.listdir(usual):
        if group != "dev":
            os.symlink(os.path.join(usual, group), os.path.join(folder, group))
    return folder


def maven_environment(t):
    """Variables under which `mvn` is quiet, runs on a JDK 25 and leaves the usual local repository as it is."""
    mvn = shutil.which("mvn")
    if not mvn:
        raise Skip("needs Maven")
    tools = t.path("tools")
    if not os.path.exists(tools):
        repository = maven_repository(t.path("repository"))
        wrapper = t.write("tools/mvn", f'#!/bin/sh\nexec {shlex.quote(mvn)} -B -ntp -Dmaven.repo.local='
                          f'{shlex.quote(repository)} "$@"\n')
        os.chmod(wrapper, 0o755)
    return {"JAVA_HOME": jdk(), "PATH": tools + os.pathsep + os.environ["PATH"], "MAVEN_OPTS": "-Xmx256m"}


@functools.lru_cache
def workshop():
    """A folder that outlives the cases."""
    return tempfile.TemporaryDirectory(prefix="conform-examples-")


EXAMPLES, EXAMPLES_LOCK = {}, threading.Lock()


def example(name):
    """The one build of an example, its tests included; cases request it from several threads at once."""
    with EXAMPLES_LOCK:
        if name not in EXAMPLES:
            EXAMPLES[name] = Example(name)
        return EXAMPLES[name]


class Example:
    """An example's folder, copied and built once, by the first case that needs it."""

    def __init__(self, name):
        self.source = os.path.join(ROOT, "examples", name)
        self.folder = os.path.join(workshop().name, name)
        self.lock, self.failure, self.built = threading.Lock(), None, False

    def product(self, t, path):
        """The files of the build, by its path in the target folder."""
        with self.lock:
            if not self.built:
                self.built = True
                try:
                    self._build(t)
                except (Fail, Skip) as failure:
                    self.failure = failure
        if self.failure:
            raise self.failure
        return os.path.join(self.folder, "target", path)

    def _build(self, t):
        if not os.path.isdir(self.source):
            raise Skip(f"needs {self.source}")
        shutil.copytree(self.source, self.folder, ignore=shutil.ignore_patterns("target"))
        environment = maven_environment(t)
        run(["mvn", "-q", "package", f"-Dtinysse.home={image_of(t)}"], self.folder, **environment)
