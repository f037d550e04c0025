-- Gets the list of cases and gives what is wrong as text, empty if nothing is. A case is {name, source, result}.
local function show(v)
  local kind = type(v)
  if kind == "string" then
    return "'" .. v:gsub("[%z\1-\31\127-\255]", function(c) return "\\" .. c:byte() end):sub(1, 160) .. "'"
  elseif kind == "table" or kind == "function" or kind == "thread" or kind == "userdata" then
    return "<" .. kind .. ">"
  end
  return tostring(v)
end

local function result(source)
  local chunk, message = load(source, "=t")
  if not chunk then return "COMPILE ERROR " .. tostring(message) end
  local results = table.pack(pcall(chunk))
  local shown = {}
  for i = 2, results.n do shown[#shown + 1] = show(results[i]) end
  return (results[1] and "" or "ERROR ") .. table.concat(shown, ", ")
end

local wrong = {}
for _, case in ipairs(...) do
  local actual = result(case[2])
  if actual ~= case[3] then
    wrong[#wrong + 1] = ("%s: %s\n  wanted %s\n  got    %s\n"):format(case[1], case[2], case[3], actual)
  end
end
return table.concat(wrong)
