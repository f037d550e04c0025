-- Makes random programs, runs each and prints what it gives: results or the error. The same seed makes the same programs in every Lua, so
-- that the output of two of them can be compared line by line (compare.py does). With a NUMBER it shows that program instead, and with the
-- word `lines` programs are broken into lines all over.
--   programs.lua [SEED] [COUNT] [NUMBER] [lines]
local seed, count, shown = tonumber(arg[1] or 1), tonumber(arg[2] or 1000), tonumber(arg[3])
local broken = arg[#arg] == "lines"

local state = seed * 2654435761 + 12345
local function random(n)
  state = state * 6364136223846793005 + 1442695040888963407
  return (state >> 33) % n + 1
end
local function pick(list) return list[random(#list)] end
local function chance(n) return random(n) == 1 end

local expression, block

local numbers = {"0", "1", "2", "3", "7", "10", "-1", "-3", "255", "0x10", "1.5", "0.5", "-2.5", "3.0", "1e3", "2^31", "1e15", "1e100", "0.1",
  "math.maxinteger", "math.mininteger", "math.huge", "-math.huge", "(0/0)", "9007199254740993", "1 << 62", "-0.0"}
local strings = {"''", "'a'", "'abc'", "'10'", "'0x1F'", "' 5 '", "'1.5'", "'x=1,y=2'", "'hello world'", "'\\0\\255'", "'é'", "'1e2'", "'-3'"}
local patterns = {"'%a+'", "'(%w)(%w*)'", "'.'", "'%d+'", "'()l'", "'[^,]*'", "'^%s*(.-)%s*$'", "'%f[%w]%w'", "'(.)%1'", "'%b()'", "'x*'", "'[a-c]'"}
local formats = {"'%d'", "'%5.2f'", "'%s'", "'%q'", "'%x'", "'%g'", "'%-5s|'", "'%05d'", "'%i %s'", "'%c'", "'%e'", "'%.3s'", "'%a'", "'%10.4g|'", "'%+d'"}
local binary = {"+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or", "&", "|", "~", "<<", ">>"}
local unary = {"-", "not ", "#", "~"}

local function variable(scope) return #scope > 0 and pick(scope) or "nothing" end

local calls = {
  function(e) return "tostring(" .. e() .. ")" end,
  function(e) return "tonumber(" .. e() .. ")" end,
  function(e) return "math.type(" .. e() .. ")" end,
  function(e) return "math.floor(" .. e() .. ")" end,
  function(e) return "math.tointeger(" .. e() .. ")" end,
  function(e) return pick{"math.max", "math.min", "math.fmod", "math.ult"} .. "(" .. e() .. ", " .. e() .. ")" end,
  function(e) return "type(" .. e() .. ")" end,
  function(e) return "select(" .. pick{"1", "2", "-1", "'#'"} .. ", " .. e() .. ", " .. e() .. ")" end,
  function(e) return "string.format(" .. pick(formats) .. ", " .. e() .. ", " .. e() .. ")" end,
  function(e) return "(" .. pick(strings) .. "):" .. pick{"upper()", "len()", "reverse()", "byte(1, 3)", "rep(2, '-')", "sub(2, -2)"} end,
  function(e) return "(" .. e() .. "):sub(" .. pick(numbers) .. ", " .. pick(numbers) .. ")" end,
  function(e) return "string.find(" .. pick(strings) .. ", " .. pick(patterns) .. ")" end,
  function(e) return "string.match(" .. e() .. ", " .. pick(patterns) .. ")" end,
  function(e) return "(" .. pick(strings) .. "):gsub(" .. pick(patterns) .. ", " .. pick{"'%0%0'", "'<%1>'", "{a = 1}", "string.upper", e()} .. ")" end,
  function(e) return "table.concat({" .. e() .. " or 0, " .. e() .. " or 1}, ',')" end,
  function(e) return "utf8.char(" .. e() .. ")" end,
  function(e) return "pcall(function() return " .. e() .. " end)" end,
  function(e) return "select(2, pcall(error, " .. e() .. "))" end,
  function(e) return "string.pack(" .. pick{"'i4'", "'<d'", "'z'", "'s1'", "'>I2'", "'b'"} .. ", " .. e() .. ")" end,
  function(e) return "rawequal(" .. e() .. ", " .. e() .. ")" end,
  function(e) return "#table.pack(" .. e() .. " or 1)" end,
}

function expression(depth, scope)
  local function sub() return expression(depth - 1, scope) end
  local kind = depth <= 0 and random(4) or random(14)
  if kind == 1 then return pick(numbers) end
  if kind == 2 then return pick(strings) end
  if kind == 3 then return variable(scope) end
  if kind == 4 then return pick{"nil", "true", "false", "{}", "t", "t.x", "t[1]", "#t", "undefined", "point", "point.x"} end
  if kind <= 8 then return "(" .. sub() .. " " .. pick(binary) .. " " .. sub() .. ")" end
  if kind == 9 then return pick(unary) .. "(" .. sub() .. ")" end
  if kind == 10 then return "(function(a, b) return " .. expression(depth - 1, {"a", "b", table.unpack(scope)}) .. " end)(" .. sub() .. ")" end
  if kind == 11 then return pick{"t.f", "t:m", "add", "t.x.y", "nothing.z", "point:sum"} .. "(" .. sub() .. ")" end
  return "(" .. pick(calls)(sub) .. ")"
end

-- an expression whose error is caught, most of the time
local function safe(depth, scope)
  local e = expression(depth, scope)
  return chance(6) and e or "select(2, pcall(function() return " .. e .. " end))"
end

local labels = 0
local statements = {
  function(depth, scope)
    local name = "v" .. random(5)
    local text = "local " .. name .. pick{"", "", " <const>"} .. " = " .. safe(2, scope)
    scope[#scope + 1] = name
    return text
  end,
  function(depth, scope) return "x" .. random(3) .. " = " .. safe(3, scope) end,
  function(depth, scope) return "t[#t + 1] = (" .. safe(2, scope) .. ") or 0" end,
  function(depth, scope) return "t." .. pick{"x", "y", "f"} .. " = " .. safe(2, scope) end,
  function(depth, scope) return "if " .. safe(2, scope) .. " then " .. block(depth - 1, scope) .. " else " .. block(depth - 1, scope) .. " end" end,
  function(depth, scope)
    labels = labels + 1
    local label = labels
    local name = "i" .. label
    local limits = pick{"1, 3", "3, 1, -1", "1.0, 2", "1, 0", "math.maxinteger - 1, math.maxinteger", "1, 2, 0.5"}
    return ("for %s = %s do if %s == 2 then goto next%d end %s ::next%d:: end"):format(name, limits, name, label,
      "do " .. block(depth - 1, {name, table.unpack(scope)}) .. " end", label)
  end,
  function(depth, scope) return "for k, v in ipairs(t) do " .. block(depth - 1, {"k", "v", table.unpack(scope)}) .. " if k > 3 then break end end" end,
  -- how deep an endless recursion goes is left to each Lua, so it is not counted
  function(depth, scope) return "do local f = function(...) counter = math.min(counter + 1, 100) return ..., " .. expression(1, scope) .. " end t.f = f end" end,
  function(depth, scope) return "local ok, e = pcall(function() " .. block(depth - 1, scope) .. " end) t.y = ok or e" end,
  function(depth, scope) return "local n = 0 while n < 2 do n = n + 1 " .. block(depth - 1, scope) .. " end" end,
  function(depth, scope) return "t.y = " .. pick{"table.remove(t)", "table.insert(t, 1)", "table.unpack(t, 1, 2)", "next({})", "table.concat(t, ' ')"} end,
  function(depth, scope) return "do local c <close> = setmetatable({}, {__close = function(_, e) t.closed = e == nil end}) " .. block(depth - 1, scope) .. " end" end,
  function(depth, scope) return "t.y = coroutine.wrap(function(a) local b = coroutine.yield(a) return " .. expression(1, scope) .. " end)(" .. expression(1, scope) .. ")" end,
  function(depth, scope) return "error(" .. expression(1, scope) .. pick{"", ", 0", ", 2"} .. ")" end,
}

function block(depth, scope)
  if depth <= 0 then return "" end
  local inner = {table.unpack(scope)}
  local lines = {}
  for i = 1, random(3) do
    lines[i] = statements[chance(8) and #statements or random(#statements - 1)](depth, inner)
  end
  return table.concat(lines, "\n") .. "\n"
end

local prelude = "local t = {1, 'two', 3.0, m = function(self, a) return a, #self end} local counter = 0 local nothing "
  .. "local point = setmetatable({x = 1}, {__add = function(a, b) return 'added' end, __index = function(_, k) return k .. '!' end, "
  .. "__call = function(self, a) return a end, __lt = function() return true end, __concat = function() return 'joined' end, "
  .. "__len = function() return 42 end, __eq = function() return true end, __tostring = function() return 'point' end}) "
  .. "local function add(a, b) return a + (b or 1) end x1, x2, x3 = nil\n"

local function show(value, depth)
  local kind = type(value)
  if value ~= value then return "nan" end
  if kind == "string" then
    value = value:gsub("%d+: stack overflow", "stack overflow") -- the line depends on the depth
    return (("%q"):format(value):gsub("\n", "n"):gsub("0x%x+", "ADDRESS"):gsub("%-nan", "nan"))
  end
  if kind ~= "table" then return kind == "function" and "function" or kind == "thread" and "thread" or tostring(value) end
  if depth > 2 then return "{...}" end
  local parts = {}
  for k, v in next, value do parts[#parts + 1] = show(k, depth + 1) .. "=" .. show(v, depth + 1) end
  table.sort(parts)
  return "{" .. table.concat(parts, " ") .. "}"
end

local function brokenIntoLines(source)
  return (source:gsub("([^']*)('?[^']*'?)", function(code, literal)
    return code:gsub(" ", function() return chance(4) and "\n" or " " end) .. literal
  end))
end

for number = 1, count do
  local source = prelude .. block(3, {}) .. "return t, counter, x1, x2, x3, " .. safe(3, {}) .. ", " .. safe(3, {})
  source = broken and brokenIntoLines(source) or source
  if shown then
    if shown == number then print(source) end
  else
    local chunk, problem = load(source, "=program")
    local results = chunk and table.pack(pcall(chunk)) or {problem, n = 1}
    for i = 1, results.n do results[i] = show(results[i], 0) end
    print(number .. ": " .. table.concat(results, ", ", 1, results.n))
  end
end
