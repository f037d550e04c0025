-- A node has connected. KEYS: 1 state, 2 log. ARGV: time, new epoch, known epochs, the last positions that the node has been given and
-- that it knows. What it has seen must be in the log, unless it was trimmed: if not, Redis has lost messages.
-- Behind them the run of Redis: in another one than before, the log may be an older one, of which no node that is left can tell.
-- Positions between its end and now were given to nobody, unless something has been lost: they are in doubt until the next epoch.
-- Returns the time, the last position in the log, the epochs, what is in doubt: behind a position, and before another,
-- and up to where replicas have confirmed the log.
local log = KEYS[2]
local now = millis(ARGV[1])
local state, changed = load_checked(log, now, ARGV[2], ARGV[3], latest(ARGV[4], ARGV[5]))
-- a node that has seen more than an epoch begins with is identified by that
local begin = string.match(state.epochs, ':(%S+)$')
local oldest = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
for i = 4, 5 do
    local seen = ARGV[i]
    if not changed and seen ~= NONE and not behind(begin, seen) and oldest and not behind(oldest[1], seen)
            and #redis.call('XRANGE', log, seen, seen) == 0 then
        new_epoch(state, log, now, ARGV[2], ARGV[3], seen)
        changed = true
    end
end
save(state)
local run = redis.call('HGET', meta, 'run')
if run ~= ARGV[6] then
    redis.call('HSET', meta, 'run', ARGV[6])
    if run and not changed then
        redis.call('HSET', meta, 'doubt', state.log .. ' ' .. id(now, 0))
    end
end
return {string.format('%.0f', now), state.log, state.epochs, redis.call('HGET', meta, 'doubt') or '',
    redis.call('HGET', meta, 'confirmed') or NONE}
