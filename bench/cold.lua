-- The cold engine: milliseconds of CPU, of all threads, to load a script of 200 lines and to run its top level, and to load it
-- once more.   tinysse lua bench/cold.lua
local script = arg[0]:gsub("[^/]*$", "") .. "start.lua"

local function milliseconds(work)
  local before = os.clock()
  local result = work()
  return (os.clock() - before) * 1000, result
end

local load, chunk = milliseconds(function() return assert(loadfile(script)) end)
local run = milliseconds(chunk)
local again = milliseconds(function() return assert(loadfile(script)) end)
print(("load %.0f ms, run %.0f ms, load again %.0f ms"):format(load, run, again))
