"""Tokens made by hand, so that a case may make wrong ones too."""

import base64
import hashlib
import hmac
import json
import subprocess
import time

SECRET = b"a secret of more than thirty-two bytes\n"
FILES = {"secret": SECRET}
KEY = ["--jwt-secret", "@DIR@/secret"]


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(publish=(), subscribe=(), sub="anna", life=3600, secret=SECRET, head=None, without=(), **claims):
    """A token of HMAC: its rights, its life in seconds from now on, and what else it says."""
    payload = {"exp": time.time() + life, "sub": sub,
               "tinysse": {"publish": list(publish), "subscribe": list(subscribe)}, **claims}
    payload = {name: value for name, value in payload.items() if name not in without}
    signed = base64url(json.dumps(head or {"alg": "HS256"}).encode()) + "." + base64url(json.dumps(payload).encode())
    return signed + "." + base64url(hmac.new(secret, signed.encode(), hashlib.sha256).digest())


def bearer(text):
    return {"Authorization": "Bearer " + text}


def api_key(name, key, *rights):
    """The line of a key in the file of --api-keys."""
    return f"{name} {hashlib.sha256(key.encode()).hexdigest()} {' '.join(rights)}\n"


def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def key_pair(t, name, *options):
    """Makes a private key and its public one with openssl, in files of these names; hands back their paths."""
    private, public = t.path(name + ".pem"), t.path(name + ".pub")
    openssl("genpkey", *options, "-out", private)
    openssl("pkey", "-in", private, "-pubout", "-out", public)
    return private, public


def command(t, *arguments, status=0):
    """The output lines of a command of the program."""
    import shlex
    done = subprocess.run([*shlex.split(t.options.server), *arguments], capture_output=True, text=True, timeout=30)
    if done.returncode != status:
        raise AssertionError(f"{arguments[:2]}: status {done.returncode}, want {status}: {done.stderr.strip()}")
    return (done.stdout if status == 0 else done.stdout + done.stderr).splitlines()
