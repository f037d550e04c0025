-- Forgets a channel. KEYS: 1 state, 2 log, 3 channels, 4 oldest, 5 its stream. ARGV: time, name. Returns how many records there were.
local channel = load_channel(ARGV[2])
if not channel then
    return 0
end
local count = channel.len
local state = load()
remember_forgotten(state, ARGV[2], remove(state, ARGV[2], KEYS[5], channel, millis(ARGV[1])))
if state.epochs then
    save(state)
end
return count
