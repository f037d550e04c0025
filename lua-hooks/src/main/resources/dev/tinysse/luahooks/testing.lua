-- The globals of scripts run by `tinysse test`.
local folder = ...
local fields = {id = true, event = true, data = true, comment = true}

local function request(method, values)
  local req = {method = method, path = "/sse", query = "", addr = {ip = "127.0.0.1", port = 50000}, headers = {}}
  for key, value in pairs(values or {}) do req[key] = value end
  req.uri = req.uri or req.path .. (req.query == "" and "" or "?" .. req.query)
  return req
end

-- A `pub`: id, event, data and comment are those of the message, req what differs from a plain request, the rest stays on pub.
function publication(values)
  local pub = {req = request("POST", values and values.req), msg = {}}
  for key, value in pairs(values or {}) do
    if fields[key] then pub.msg[key] = value elseif key ~= "req" then pub[key] = value end
  end
  return pub
end

-- A `sub`: req is what differs from a plain request, the rest stays on sub.
function subscription(values)
  local sub = {req = request("GET", values and values.req)}
  for key, value in pairs(values or {}) do
    if key ~= "req" then sub[key] = value end
  end
  return sub
end

-- The globals of a hook script, freshly loaded: its hooks, and the defaults of those that it leaves out.
function hooks(file)
  local env = setmetatable({}, {__index = _G})
  env._G = env
  local path = file:sub(1, 1) == "/" and file or folder .. "/" .. file
  assert(loadfile(path, "t", env))()
  return env
end

local function shown(value, depth)
  if type(value) == "string" then return ("%q"):format(value) end
  if type(value) ~= "table" or depth > 3 then return tostring(value) end
  local parts = {}
  for key, inner in pairs(value) do
    parts[#parts + 1] = "[" .. shown(key, depth + 1) .. "] = " .. shown(inner, depth + 1)
  end
  table.sort(parts)
  return "{" .. table.concat(parts, ", ") .. "}"
end

local function same(a, b)
  if a == b then return true end
  if type(a) ~= "table" or type(b) ~= "table" then return false end
  for key, value in pairs(a) do
    if not same(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

-- Fails unless both are equal; tables are if their contents are.
function equal(actual, expected)
  if not same(actual, expected) then error("expected " .. shown(expected, 0) .. ", got " .. shown(actual, 0), 2) end
end

-- Fails unless f raises an error whose text contains `text`; returns the error.
function fails(f, text)
  local ok, err = pcall(f)
  if ok then error("expected an error", 2) end
  if text and not tostring(err):find(text, 1, true) then
    error("expected an error with " .. shown(text, 0) .. ", got " .. shown(tostring(err), 0), 2)
  end
  return err
end
