-- The positions of the newest records. KEYS: 1 a stream. ARGV: last and first position, how many records.
local ids = {}
for i, entry in ipairs(redis.call('XREVRANGE', KEYS[1], ARGV[1], ARGV[2], 'COUNT', tonumber(ARGV[3]))) do
    ids[i] = entry[1]
end
return ids
