"""nginx or Caddy in front of a server, with a configuration that stands in a document."""

import os
import shutil
import subprocess

from .checks import Fail, Skip
from .server import Server, free_port


class Nginx:
    """An nginx on a free port of loopback, in a folder of its own; to be used in a `with` statement."""

    def __init__(self, t, configuration, replace):
        """`replace` says which texts of the configuration become others; each has to be in it. {port} is nginx's own port."""
        program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if not program:
            raise Skip("nginx is not installed")
        self.t, self.port = t, free_port()
        for old, new in replace.items():
            if old not in configuration:
                raise Fail(f"not in the configuration: {old}")
            configuration = configuration.replace(old, new.replace("{port}", str(self.port)))
        folder = t.path("nginx")
        os.makedirs(folder)
        # what a package has compiled in are folders of root's
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n"
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        path = t.write("nginx/nginx.conf", configuration.replace("http {", "http {\naccess_log off;\n" + temporary, 1))
        self.argv = [program, "-p", folder, "-c", path, "-e", "stderr",
                     "-g", f"daemon off; pid {folder}/pid; error_log stderr;"]

    def __enter__(self):
        checked = subprocess.run([*self.argv, "-t"], capture_output=True, text=True)
        if checked.returncode:
            raise Fail(f"nginx refuses its configuration: {checked.stderr}")
        self.server = Server(self.argv, self.t.dir, dict(os.environ), self.port)
        self.server.wait_port(30)
        return self

    def __exit__(self, *_):
        self.server.stop(self.t.options.grace)


class Caddy:
    """A Caddy on a free port of loopback; to be used in a `with` statement."""

    def __init__(self, t, configuration, replace):
        """`replace` as for nginx."""
        program = shutil.which("caddy")
        if not program:
            raise Skip("caddy is not installed")
        self.t, self.port = t, free_port()
        for old, new in replace.items():
            if old not in configuration:
                raise Fail(f"not in the configuration: {old}")
            configuration = configuration.replace(old, new.replace("{port}", str(self.port)))
        self.argv = [program, "run", "--adapter", "caddyfile", "--config", t.write("Caddyfile", configuration)]

    def __enter__(self):
        home = self.t.path("caddy")
        os.makedirs(home)
        self.server = Server(self.argv, self.t.dir, {**os.environ, "HOME": home, "XDG_DATA_HOME": home,
                                                     "XDG_CONFIG_HOME": home}, self.port)
        self.server.wait_port(30)
        return self

    def __exit__(self, *_):
        self.server.stop(self.t.options.grace)
