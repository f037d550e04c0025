"""Certificates for a case, made by openssl."""

import shutil
import ssl
import subprocess

from .checks import Fail, Skip


def certificate(t, name="tls", algorithm="ec"):
    """Makes a certificate that has signed itself; the paths of it and of its key."""
    if not shutil.which("openssl"):
        raise Skip("openssl is not installed")
    cert, key = t.path(f"{name}.crt"), t.path(f"{name}.key")
    kind = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"] if algorithm == "ec" else [algorithm]
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-keyout", key, "-out", cert, "-days",
                           "30", "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                          capture_output=True, text=True)
    if made.returncode:
        raise Fail(made.stderr)
    return cert, key


def trusting():
    """A context for clients that trusts any certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
