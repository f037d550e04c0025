"""A program with only some system calls, as under a systemd unit:  confine.py FILE PROGRAM [ARGUMENT]...

FILE has the names of the calls, one a line; any other call fails with EPERM. Status 77 says that this machine cannot do so.
"""

import ctypes
import errno
import os
import sys

ALLOW, DENY = 0x7FFF0000, 0x00050000 | errno.EPERM
NO_NEW_PRIVILEGES = 38
CANNOT = 77


def library():
    try:
        seccomp = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        sys.exit(CANNOT)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    seccomp.seccomp_load.argtypes = [ctypes.c_void_p]
    seccomp.seccomp_rule_add_array.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint,
                                               ctypes.c_void_p]
    return seccomp


def main():
    seccomp = library()
    context = seccomp.seccomp_init(DENY)
    with open(sys.argv[1], encoding="ascii") as names:
        numbers = [seccomp.seccomp_syscall_resolve_name(name.strip().encode()) for name in names]
    for number in numbers:
        if number >= 0:  # others are of another processor
            seccomp.seccomp_rule_add_array(context, ALLOW, number, 0, None)
    ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if seccomp.seccomp_load(context):
        sys.exit(CANNOT)
    os.execv(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()
