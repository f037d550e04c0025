-- A client has an id of the present epoch whose position is in doubt. KEYS: 1 state, 2 log. ARGV: time, new epoch, known epochs, the
-- client's epoch and position. If both still hold, Redis has lost what had that position, and a new epoch begins: once for a run of
-- Redis, whatever clients send. Returns the epochs.
local state = load()
local doubt = redis.call('HGET', meta, 'doubt')
if doubt and state.epochs and string.match(state.epochs, '(%w+):%S+$') == ARGV[4] then
    local after, before = string.match(doubt, '^(%S+) (%S+)$')
    if behind(ARGV[5], after) and behind(before, ARGV[5]) then
        new_epoch(state, KEYS[2], millis(ARGV[1]), ARGV[2], ARGV[3], NONE)
        save(state)
    end
end
return state.epochs or ''
