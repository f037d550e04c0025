-- Looks for an id that a publisher chose. KEYS: 1 state, 2 log, 3 channels, 4 oldest, 5 a stream. ARGV: the channel, first and last
-- position, how many entries, the id.
-- Returns the position or an empty text, and the last position that it looked at if there is more.
local channel = load_channel(ARGV[1])
local entries = channel and redis.call('XRANGE', KEYS[5], ARGV[2], '+', 'COUNT', tonumber(ARGV[4])) or {}
for _, entry in ipairs(entries) do
    for i, own in ipairs(own_ids(entry)) do
        if own == '=' .. ARGV[5] and number_before(entry) + i > dropped_number(channel) then
            local position = positions(entry)[i]
            if not behind(ARGV[2], position) then
                return {behind(position, ARGV[3]) and '' or position, ''}
            end
        end
    end
    if behind(entry[1], ARGV[3]) then
        return {'', ''}
    end
end
return {'', #entries == tonumber(ARGV[4]) and entries[#entries][1] or ''}
