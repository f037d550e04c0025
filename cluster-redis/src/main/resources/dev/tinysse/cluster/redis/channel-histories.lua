-- The history of channels. KEYS: 1 state, 2 log, 3 channels, 4 oldest, then a stream for each channel. ARGV: the least position, names.
-- Returns for each channel: its number, how many records, their bytes, how many it has ever had, position and own id of the oldest and of the newest.
local result = {}
for i = 2, #ARGV do
    local channel = load_channel(ARGV[i])
    local first = channel and redis.call('XRANGE', KEYS[i + 3], ARGV[1], '+', 'COUNT', 1)[1]
    local last = first and redis.call('XREVRANGE', KEYS[i + 3], '+', '-', 'COUNT', 1)[1]
    if first then
        local oldest, newest = math.max(1, dropped_number(channel) - number_before(first) + 1), messages(last)
        result[#result + 1] = {i - 2, channel.len, channel.bytes, channel.published,
            positions(first)[oldest], own_ids(first)[oldest] or '', last[1], own_ids(last)[newest] or ''}
    end
end
return result
