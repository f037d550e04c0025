-- Which channels have dropped records behind a position. KEYS: 1 state, 2 log, 3 channels, 4 oldest, then a stream for each channel.
-- ARGV: time, age or 0, position, known mark, names. Returns the mark of now, whether forgotten channels have, those that operators have
-- forgotten, and the numbers of those that have.
local now = millis(ARGV[1])
local age, after, known = tonumber(ARGV[2]), ARGV[3], ARGV[4]
local state = load()
local before = state.pos
for i = 5, #ARGV do
    if age > 0 then
        local score = redis.call('ZSCORE', oldest, ARGV[i])
        if score and tonumber(score) < now - age then
            drop_before(state, ARGV[i], KEYS[i], now - age, now)
        end
    end
end
-- what is not there any more and was not dropped has been evicted
for i = 5, #ARGV do
    local channel = load_channel(ARGV[i])
    local len = channel and redis.call('XLEN', KEYS[i])
    if channel and len < channel.len then
        count_dropped(state, channel, channel.len - len, next_position(state, now))
        save_channel(ARGV[i], channel)
    end
end
if state.pos ~= before and state.epochs then
    save(state)
end
local forgotten = behind(state.forgotten, after) and behind(state.mark, known)
local result = {state.pos, forgotten and 1 or 0, forgets()}
for i = 5, #ARGV do
    local channel = load_channel(ARGV[i])
    if not channel then
        local last, mark = last_forgotten(state, ARGV[i])
        if behind(last, after) and behind(mark, known) then
            result[#result + 1] = i - 5
        end
    elseif behind(channel.last, after) then
        local first = redis.call('XRANGE', KEYS[i], '-', '+', 'COUNT', 1)[1]
        if behind(first and first[2][2] or channel.last, after) and behind(channel.mark, known) then
            result[#result + 1] = i - 5
        end
    end
end
return result
