"""docs/lua.md: its blocks run, and every hook, package and member is documented.

Every block marked `lua` is a whole script. `tinysse check --run` accepts it, which loads it like the server: blocks about packages
assert at their top level. Blocks with hooks have functions `test_…`, which `tinysse test` passes. A server runs on the address of the
blocks, 127.0.0.1:1983.
"""

import re

from blackbox.fixtures import SHOW_CLI, STATIC
from blackbox.repository import blocks, ours, read, run
from conform import case, eq, ok

DOCUMENT = ("docs", "lua.md")
DOCUMENTS = {"lua": DOCUMENT, "presence": ("docs", "presence.md"), "authentication": ("docs", "guides", "authentication.md")}
WORD = r"`(\w+)`"

# Prints the functions among the globals.
GLOBALS = """
for name, value in pairs(_G) do
  if type(value) == "function" then print("global " .. name) end
end"""

# Prints the members of every package, and of the objects that packages give, by the names that the document calls them.
MEMBERS = """
local function show(name, object)
  print("member " .. name .. " " .. name)
  for member in pairs(debug.getmetatable(object).__index or {}) do print("member " .. name .. " " .. member) end
end
for name, value in pairs(package.loaded) do
  if type(value) == "userdata" then show(name, value) end
end
show("agent", require("http").agent())
show("db", require("sqlite").open(":memory:"))
show("f", require("fernet")())
show("library", require("template").library())
show("lock", require("mutex")())
show("urlsafe", require("base64").urlsafe())"""


@case("docs", "every block of Lua in docs/lua.md and beside it loads in a server, and its assertions hold", start=False)
def docs_lua_snippets(t):
    ours(t)
    t.start()
    address = f"127.0.0.1:{t.port}"
    snippets = {f"{name}-line-{block.line}.lua": block.text for name, path in DOCUMENTS.items() for block in blocks(read(*path), "lua")}
    ok(len(snippets) > 25, f"only {len(snippets)} blocks")
    for name, text in snippets.items():
        t.write(name, text.replace("127.0.0.1:1983", address))
    status, lines = run(t, "check", "--run", *snippets)
    eq(status, 0, "exit status of check: " + " | ".join(lines))
    hooked = {line.split(":")[0] for line in lines if re.search(r": hooks: (?!none)", line)}
    eq([name for name in sorted(hooked) if "function test_" not in snippets[name]], [], "hooks without a test")
    status, lines = run(t, "test", *(name for name, text in snippets.items() if "\nfunction test_" in text))
    eq([line for line in lines if line.startswith("FAIL")], [], "failures")
    tests = sum(text.count("\nfunction test_") for text in snippets.values())
    eq((status, lines[-1]), (0, f"{tests} passed, 0 failed"), "exit status and last line of test")


@case("docs", "every hook, and every member of every package and object, is in docs/lua.md", start=False)
def docs_lua_members(t):
    text = read(*DOCUMENT)
    hooks = listed(t, "check", GLOBALS) - listed(t, "lua", GLOBALS)
    eq(len(hooks), 8, f"number of hooks ({sorted(hooks)})")
    eq([hook for hook in sorted(hooks) if f"\n### {hook}\n" not in text or f"`{hook}(" not in text], [], "hooks")
    members = listed(t, "lua", MEMBERS, "member")
    packages = {line.split()[0] for line in members} - {"agent", "db", "f", "library", "lock", "urlsafe"}
    eq(len(packages), 12, f"number of packages ({sorted(packages)})")
    eq([name for name in sorted(packages) if f"\n### {name}\n" not in text], [], "packages")
    eq([line for line in sorted(members) if not is_shown(text, *line.split())], [], "members")


def is_shown(text, name, member):
    """Whether a member stands somewhere as name.member or name:member; or, if there is none, the name by itself."""
    return re.search(rf"\b{name}\b" if name == member else rf"\b{name}[.:]{member}\b", text)


@case("docs", "every field of cli, every helper of tests and every part of templates is in docs/lua.md", start=False)
def docs_lua_lists(t):
    text = read(*DOCUMENT)
    ours(t)
    t.write("www/index.html", "x")
    t.start(["--script-data", "x", *STATIC], script=SHOW_CLI)
    cli = t.emitted("cli")[0]["cli"]
    ok(len(cli) >= 15, f"only {len(cli)} options")
    eq([name for name in sorted(cli) if f"`{name}`" not in text], [], "options in cli")
    helpers = listed(t, "test", GLOBALS) - listed(t, "check", GLOBALS)
    ok(len(helpers) >= 5, f"helpers: {sorted(helpers)}")
    eq([name for name in sorted(helpers) if f"`{name}(" not in text], [], "helpers of tests")
    for kind in ("filter", "test"):
        names = re.findall(WORD, re.search(rf"^- {kind.title()}s:(.*?)\.$", text, re.M | re.S).group(1))
        ok(len(names) > 35, f"only {len(names)} {kind}s")
        source = "".join(f"{{{{ '{name} ' ~ ('{name}' is {kind}) ~ ' ' }}}}" for name in names)
        t.write("names.lua", f"print(require('template').renderstring([[{source}]]))")
        _, lines = run(t, "lua", t.path("names.lua"))
        eq(" ".join(lines).split(), [word for name in names for word in (name, "true")], f"{kind}s")


def listed(t, command, script, kind="global"):
    """The output of a script behind the word `kind` when a command runs it."""
    command, *flags = {"check": ["check", "--run"]}.get(command, [command])
    status, lines = run(t, command, *flags, t.write("list.lua", script + "\nfunction test_nothing() end"))
    eq(status, 0, f"exit status of {command}: " + " | ".join(lines))
    return {line.removeprefix(kind + " ") for line in lines if line.startswith(kind + " ")} - {"test_nothing"}
