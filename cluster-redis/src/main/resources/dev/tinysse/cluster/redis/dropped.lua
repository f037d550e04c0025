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
    local first = channel and redis.call('XRANGE', KEYS[i], '-', '+', 'COUNT', 1)[1]
    local gone = channel and (first and number_before(first) or channel.published) - dropped_number(channel) or 0
    if gone > 0 then
        count_dropped(state, channel, gone, (next_position(state, now)))
        save_channel(ARGV[i], channel)
    end
end
if state.pos ~= before and state.epochs then
    save(state)
end
-- The last position of a channel that is not there any more.
local function last_dropped(channel, first)
    if not first then
        return channel.last
    end
    local dropped = dropped_number(channel) - number_before(first)
    return dropped > 0 and positions(first)[dropped] or first[2][2]
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
        if behind(last_dropped(channel, first), after) and behind(channel.mark, known) then
            result[#result + 1] = i - 5
        end
    end
end
return result
