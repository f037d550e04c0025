-- Drops what is too old. KEYS: 1 state, 2 log, 3 channels, 4 oldest. ARGV: time, age, prefix of streams, number of channels at most.
-- Returns whether there may be more.
local now = millis(ARGV[1])
local before = now - tonumber(ARGV[2])
local names = redis.call('ZRANGEBYSCORE', oldest, '-inf', '(' .. string.format('%.0f', before), 'LIMIT', 0, tonumber(ARGV[4]))
if #names > 0 then
    local state = load()
    for _, name in ipairs(names) do
        drop_before(state, name, ARGV[3] .. name, before, now)
    end
    if state.epochs then
        save(state)
    end
end
return #names == tonumber(ARGV[4]) and 1 or 0
