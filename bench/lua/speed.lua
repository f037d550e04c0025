-- Times one program of programs/ in this process: the best of many runs, after warming up.   lua speed.lua programs/fib.lua [seconds]
local file, seconds = arg[1], tonumber(arg[2] or 4)
local run, wanted = dofile(file)
local first = run()
if wanted then assert(first == wanted, file .. ": " .. tostring(first)) end
local best, began, n = math.huge, os.clock(), 0
repeat
  local t = os.clock()
  assert(run() == first)
  best = math.min(best, os.clock() - t)
  n = n + 1
until os.clock() - began > seconds
print(("%.6f %s"):format(best, tostring(first)))
