-- Looks for an id that a publisher chose. KEYS: 1 a stream. ARGV: first and last position, how many records, the id.
-- Returns the position or an empty text, how many records it looked at, and the last of them.
local entries = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[2], 'COUNT', tonumber(ARGV[3]))
for _, entry in ipairs(entries) do
    if entry[2][6] == ARGV[4] then
        return {entry[1], #entries, entry[1]}
    end
end
return {'', #entries, #entries > 0 and entries[#entries][1] or ''}
