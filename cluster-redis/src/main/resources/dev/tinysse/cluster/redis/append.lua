-- Appends a batch of a node once. KEYS: 1 state, 2 log, 3 channels, 4 oldest, 5 and 6 responses, 7 the node's last batch, then
-- a stream for each channel. ARGV: number of the batch, time, new epoch, known epochs, what the node has seen, count, size, prefix of
-- streams, node, number of channels, their names, number of requests; each request: number of publications, key, digest, mark, results;
-- each publication: number of its channel, id (with = before it if there is one), content.
-- Returns the position of the first publication and an outcome for each request, if not all are committed.
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
local count, limit, prefix, origin = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8], ARGV[9] .. ':' .. ARGV[1]
local at = 10
local names, touched = {}, {}
for i = 1, tonumber(ARGV[at]) do
    names[i] = ARGV[at + i]
end
at = at + #names + 1
local requests = tonumber(ARGV[at])
at = at + 1

local function channel(i)
    local found = touched[i]
    if not found then
        found = load_channel(names[i])
        if not found then
            local last, mark = last_forgotten(state, names[i])
            found = {last = last, len = 0, bytes = 0, mark = mark, published = 0, new = true}
        end
        touched[i] = found
    end
    return found
end

-- An entry of the log has up to 500 publications of the batch: the entry before it, its origin, and for each publication the record
-- before it in its channel and its content. Their positions are consecutive, and the last one is the position of the entry. The
-- origin is node, batch, the number of publications of the batch before the entry, and the requests that were not appended.
local outcomes, repeated = {}, {}
local first, appended, entry = nil, 0, {}
local function write_entry()
    if #entry > 0 then
        redis.call('XADD', log, state.pos, 'g', state.log, 'o',
            origin .. ':' .. appended .. ':' .. table.concat(repeated, ','), unpack(entry))
        state.log = state.pos
        appended = appended + #entry / 2
        entry = {}
    end
end

local function append(number, own, content)
    local position, previous = next_position(state, now), NONE
    if count > 0 then
        local kept = channel(number)
        previous = kept.last
        if own == '' then
            redis.call('XADD', KEYS[7 + number], position, 'p', previous, 'm', content)
        else
            redis.call('XADD', KEYS[7 + number], position, 'p', previous, 'm', content, 'i', string.sub(own, 2))
        end
        local bytes = #content + 64
        kept.last = position
        kept.len = kept.len + 1
        kept.published = kept.published + 1
        state.messages = state.messages + 1
        kept.bytes = kept.bytes + bytes
        state.size = state.size + bytes
        if kept.new then
            kept.new = false
            redis.call('ZADD', oldest, 'NX', (parts(position)), names[number])
        end
    end
    entry[#entry + 1] = previous
    entry[#entry + 1] = content
    if #entry == 1000 then
        write_entry()
    end
    first = first or position
    return position
end

for request = 1, requests do
    local items, key, digest = tonumber(ARGV[at]), ARGV[at + 1], ARGV[at + 2]
    local mark, results = ARGV[at + 3], ARGV[at + 4]
    at = at + 5
    local stored = key ~= '' and find_response(key, now)
    if stored then
        repeated[#repeated + 1] = request
        outcomes[request] = outcome(stored, digest)
    else
        local begin
        for item = 0, items - 1 do
            local position = append(tonumber(ARGV[at + 3 * item]), ARGV[at + 3 * item + 1], ARGV[at + 3 * item + 2])
            begin = begin or position
        end
        if key ~= '' then
            store_response(key, now, digest, begin or NONE, mark, results)
        end
        outcomes[request] = 'c'
    end
    at = at + 3 * items
end
write_entry()

for number, kept in pairs(touched) do
    if kept.len > count then
        count_dropped(state, kept, redis.call('XTRIM', KEYS[7 + number], 'MAXLEN', '=', count), state.pos)
        kept.len = math.min(kept.len, count)
    end
    save_channel(names[number], kept)
end
if count > 0 then
    drop_beyond(state, limit, prefix, now)
end
save(state)
local result = #repeated == 0 and {first or NONE} or {first or NONE, outcomes}
redis.call('HSET', node, 'batch', ARGV[1], 'result', cmsgpack.pack(result))
redis.call('PEXPIRE', node, 3600000)
return result
