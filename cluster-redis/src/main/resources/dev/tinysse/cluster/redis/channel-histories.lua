-- The history of channels. KEYS: 1 state, 2 log, 3 channels, 4 oldest, then a stream for each channel. ARGV: the least position, names.
-- Returns for each channel: its number, how many records, their bytes, how many it has ever had, position and own id of the oldest and of the newest.
local result = {}
for i = 2, #ARGV do
    local channel = load_channel(ARGV[i])
    local first = channel and redis.call('XRANGE', KEYS[i + 3], ARGV[1], '+', 'COUNT', 1)[1]
    local last = first and redis.call('XREVRANGE', KEYS[i + 3], '+', '-', 'COUNT', 1)[1]
    if first then
        result[#result + 1] = {i - 2, redis.call('XLEN', KEYS[i + 3]), channel.bytes, channel.published,
            first[1], first[2][6] and '=' .. first[2][6] or '', last[1], last[2][6] and '=' .. last[2][6] or ''}
    end
end
return result
