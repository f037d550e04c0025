-- The cold Lua engine: milliseconds until a script of 200 lines is loaded and its top level has run, the first time and once more; on the
-- clock (with those to start `date`, which are taken off again, so good to two or three), and of CPU of the script's thread.
--   tinysse lua bench/cold.lua
local script = arg[0]:gsub("[^/]*$", "") .. "start.lua"

local function now()
  local date <close> = io.popen("date +%s%N")
  return date:read("n") // 1000 / 1000
end

local function milliseconds(work)
  local clock, cpu = now(), os.clock()
  work()
  local taken = os.clock() - cpu
  return now() - clock, taken * 1000
end

milliseconds(now)
local idle = milliseconds(function() end)
for _, round in ipairs { "first", "again" } do
  local clock, cpu = milliseconds(function() assert(loadfile(script))() end)
  print(("%s: %.0f ms, %.0f ms of CPU"):format(round, clock - idle, cpu))
end
