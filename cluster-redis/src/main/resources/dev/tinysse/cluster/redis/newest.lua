-- The positions of the newest records. KEYS: 1 state, 2 log, 3 channels, 4 oldest, 5 a stream. ARGV: the channel, the first position, how
-- many records.
local STEP = 16
local channel = load_channel(ARGV[1])
local result, upper = {}, '+'
while channel do
    local entries = redis.call('XREVRANGE', KEYS[5], upper, ARGV[2], 'COUNT', STEP)
    for _, entry in ipairs(entries) do
        local all = positions(entry)
        for i = #all, 1, -1 do
            if #result == tonumber(ARGV[3]) or number_before(entry) + i <= dropped_number(channel)
                    or behind(ARGV[2], all[i]) then
                return result
            end
            result[#result + 1] = all[i]
        end
        upper = '(' .. entry[1]
    end
    if #entries < STEP then
        break
    end
end
return result
