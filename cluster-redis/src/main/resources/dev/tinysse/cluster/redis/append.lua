-- Appends a batch of a node once. KEYS: 1 state, 2 log, 3 channels, 4 oldest, 5 and 6 responses, 7 the node's last batch, then
-- a stream for each channel. ARGV: number of the batch, time, new epoch, known epochs, what the node has seen, count, size, prefix of
-- streams, node, number of channels, their names, number of groups of requests; each group: key, digest, mark, results, number of
-- entries; each entry: number of its publications and of its parts; each part, for a channel: number of the channel, number of messages,
-- how many publications of the entry are before the last of them, and before each (or an empty text if the part has all of them), own
-- ids or an empty text, content. A group with a key is one request.
-- Returns the last position of the log and an outcome for each group, if not all are committed.
local log, node = KEYS[2], KEYS[7]
local last = redis.call('HMGET', node, 'batch', 'result')
if last[1] == ARGV[1] then
    -- a write, for replicas confirm what a connection has written, and the batch was written over another one
    redis.call('PEXPIRE', node, 3600000)
    return cmsgpack.unpack(last[2])
end
if last[1] and tonumber(last[1]) > tonumber(ARGV[1]) then
    return redis.error_reply('STALE batch ' .. ARGV[1] .. ' comes behind ' .. last[1])
end
local now = millis(ARGV[2])
local state = load_checked(log, now, ARGV[3], ARGV[4], ARGV[5])
local count, limit, prefix, origin = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8], ARGV[9] .. ':' .. ARGV[1] .. ':'
local at = 10
local names, touched = {}, {}
for i = 1, tonumber(ARGV[at]) do
    names[i] = ARGV[at + i]
end
at = at + #names + 1

local function channel(i)
    local found = touched[i]
    if not found then
        found = load_channel(names[i])
        if not found then
            local last, mark = last_forgotten(state, names[i])
            found = {last = last, len = 0, bytes = 0, mark = mark, published = 0, entry = 0, new = true}
        end
        touched[i] = found
    end
    return found
end

-- Adds a part of an entry to the history, if there is one. Returns the last position before it in its channel.
local function add_part(at, ms, seq)
    if count == 0 then
        return NONE
    end
    local number, messages, ids, content = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), ARGV[at + 4], ARGV[at + 5]
    local kept = channel(number)
    local position, previous = moved(ms, seq, tonumber(ARGV[at + 2])), kept.last
    if ids == '' then
        redis.call('XADD', KEYS[7 + number], position, 'p', previous, 'n', string.format('%.0f', kept.published),
            'c', messages, 'o', ARGV[at + 3], 'm', content)
    else
        redis.call('XADD', KEYS[7 + number], position, 'p', previous, 'n', string.format('%.0f', kept.published),
            'c', messages, 'o', ARGV[at + 3], 'm', content, 'i', ids)
    end
    local bytes = #content + 64 * messages
    kept.last = position
    kept.len = kept.len + messages
    kept.published = kept.published + messages
    kept.bytes = kept.bytes + bytes
    state.messages = state.messages + messages
    state.size = state.size + bytes
    if kept.new then
        kept.new = false
        redis.call('ZADD', oldest, 'NX', ms, names[number])
    end
    return previous
end

-- An entry of the log has the entry before it, its origin, and for each part the last position before it in the channel with the
-- places of the messages, and the content. Its positions are consecutive, and the last one is that of the entry. The origin is node,
-- batch, and the number of the entry in the batch.
local outcomes, repeated, entry = {}, false, 0
local function append(at, publications, count_parts)
    local first, ms, seq = next_position(state, now)
    local fields = {}
    for part = 0, count_parts - 1 do
        local begin = at + 6 * part
        fields[2 * part + 1] = add_part(begin, ms, seq) .. ' ' .. ARGV[begin + 3]
        fields[2 * part + 2] = ARGV[begin + 5]
    end
    state.pos = moved(ms, seq, publications - 1)
    redis.call('XADD', log, state.pos, 'g', state.log, 'o', origin .. entry, unpack(fields))
    state.log = state.pos
    return first
end

local groups = tonumber(ARGV[at])
at = at + 1
for group = 1, groups do
    local key, digest, mark, results, entries = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], tonumber(ARGV[at + 4])
    at = at + 5
    local stored = key ~= '' and find_response(key, now)
    local begin
    for _ = 1, entries do
        local publications, count_parts = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
        if not stored then
            local first = append(at + 2, publications, count_parts)
            begin = begin or first
        end
        entry = entry + 1
        at = at + 2 + 6 * count_parts
    end
    if stored then
        repeated = true
        outcomes[group] = outcome(stored, digest)
    else
        if key ~= '' then
            store_response(key, now, digest, begin or NONE, mark, results)
        end
        outcomes[group] = 'c'
    end
end

for number, kept in pairs(touched) do
    if kept.len > count then
        local dropped = kept.len - count
        count_dropped(state, kept, dropped, state.pos)
        trim(KEYS[7 + number], kept, dropped)
    end
    save_channel(names[number], kept)
end
if count > 0 then
    drop_beyond(state, limit, prefix, now)
end
save(state)
local result = repeated and {state.log, outcomes} or {state.log}
redis.call('HSET', node, 'batch', ARGV[1], 'result', cmsgpack.pack(result))
redis.call('PEXPIRE', node, 3600000)
return result
