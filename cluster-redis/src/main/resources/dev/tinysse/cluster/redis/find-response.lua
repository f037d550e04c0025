-- Finds the response to a request. KEYS: 1 state, 2 log, 3 channels, 4 oldest, 5 and 6 responses, 7 a key that shows replicas a write.
-- ARGV: time, key, digest, whether replicas have to confirm what is found. Returns the outcome as append.lua does, or nil.
local stored = find_response(ARGV[2], millis(ARGV[1]))
if not stored then
    return false
end
if ARGV[4] == '1' then
    redis.call('SET', KEYS[7], '', 'PX', 60000)
end
return outcome(stored, ARGV[3])
