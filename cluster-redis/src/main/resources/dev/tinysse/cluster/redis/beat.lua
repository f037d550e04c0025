-- A node is there. KEYS: 1 state, 2 log, 3 nodes. ARGV: time, new epoch, known epochs, what the node has seen, node, what the others
-- are to know of it, milliseconds after which a node is gone, milliseconds that the log covers, records that it has in any case,
-- and up to where replicas have confirmed it, or 0-0.
-- Returns the time, the last position in the log, the epochs, and node and text of each that is there.
local log, nodes = KEYS[2], KEYS[3]
local now = millis(ARGV[1])
local state, changed = load_checked(log, now, ARGV[2], ARGV[3], ARGV[4])
if changed then
    save(state)
end
redis.call('HSET', nodes, ARGV[5], string.format('%.0f ', now) .. ARGV[6])
if behind(ARGV[10], redis.call('HGET', meta, 'confirmed') or NONE) then
    redis.call('HSET', meta, 'confirmed', ARGV[10])
end
local result = {string.format('%.0f', now), state.log, state.epochs}
local all = redis.call('HGETALL', nodes)
for i = 1, #all, 2 do
    local since, text = string.match(all[i + 1], '^(%d+) (.*)$')
    if now - tonumber(since) > tonumber(ARGV[7]) then
        redis.call('HDEL', nodes, all[i])
    else
        result[#result + 1] = all[i]
        result[#result + 1] = text
    end
end
if redis.call('XLEN', log) > tonumber(ARGV[9]) then
    redis.call('XTRIM', log, 'MINID', '~', id(math.max(0, now - tonumber(ARGV[8])), 0))
end
return result
