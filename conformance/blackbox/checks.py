"""The assertions of cases. Each failure is one short sentence."""

import re


class Fail(AssertionError):
    """The failure of a case, in one short sentence."""


class Skip(Exception):
    """Why a case cannot be run this time."""


def short(value, limit=160):
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def ok(condition, what):
    if not condition:
        raise Fail(what)


def eq(got, want, what="value"):
    if got != want:
        raise Fail(f"{what}: got {short(repr(got))}, want {short(repr(want))}")


def one_of(got, allowed, what="value"):
    if got not in allowed:
        raise Fail(f"{what}: got {short(repr(got))}, want one of {short(repr(list(allowed)))}")


def matches(pattern, text, what="text", flags=0):
    if not re.search(pattern, text or "", flags):
        raise Fail(f"{what}: {short(repr(text))} does not match /{pattern}/")


def lacks(pattern, text, what="text", flags=0):
    found = re.search(pattern, text or "", flags)
    if found:
        raise Fail(f"{what}: contains {short(repr(found.group(0)))}")
