-- Functions of all scripts. KEYS[1] is the hash with the state of the cluster. Positions are written as ids of streams: milliseconds
-- and a counter of 20 bits, for a number here has only 53 bits.
local NONE = '0-0'
local meta = KEYS[1]

local function id(ms, seq)
    return string.format('%.0f-%.0f', ms, seq)
end

local function parts(text)
    local ms, seq = string.match(text, '^(%d+)-(%d+)$')
    return tonumber(ms), tonumber(seq)
end

local function behind(a, b)
    local ams, aseq = parts(a)
    local bms, bseq = parts(b)
    return ams > bms or ams == bms and aseq > bseq
end

local function latest(a, b)
    return behind(a, b) and a or b
end

-- The time in milliseconds: of Redis, or one that a test has set.
local function millis(set)
    if set ~= '' then
        return tonumber(set)
    end
    local now = redis.call('TIME')
    return tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000)
end

-- pos: the last position or mark given; log: the last position in the log; forgotten, mark: of channels without any record, the
-- last record, and when it went; size, messages: bytes and number of all stored records; epochs: EPOCH:BEGIN, oldest first
local FIELDS = {'pos', 'log', 'forgotten', 'mark', 'size', 'epochs', 'messages'}

local function load()
    local values = redis.call('HMGET', meta, unpack(FIELDS))
    return {pos = values[1] or NONE, log = values[2] or NONE, forgotten = values[3] or NONE, mark = values[4] or NONE,
        size = tonumber(values[5] or '0'), epochs = values[6], messages = tonumber(values[7] or '0')}
end

local function save(state)
    redis.call('HSET', meta, 'pos', state.pos, 'log', state.log, 'forgotten', state.forgotten, 'mark', state.mark,
        'size', string.format('%.0f', state.size), 'messages', string.format('%.0f', state.messages), 'epochs', state.epochs)
end

-- A position so many behind, or before, another one.
local function moved(ms, seq, by)
    local to = seq + by
    if to >= 1048576 then
        return id(ms + 1, to - 1048576)
    elseif to < 0 then
        return id(ms - 1, to + 1048576)
    end
    return id(ms, to)
end

-- The next position, greater than all before, also when the clock is set back. Returns its numbers, too.
local function next_position(state, now)
    local ms, seq = parts(state.pos)
    if now > ms or seq == 1048575 then
        ms, seq = math.max(now, ms + 1), 0
    else
        seq = seq + 1
    end
    state.pos = id(ms, seq)
    return state.pos, ms, seq
end

-- Begins a new epoch: what the log has may not be all that it has given to somebody.
local function new_epoch(state, log, now, epoch, known, seen)
    state.pos = latest(state.pos, seen)
    local at = NONE
    if state.pos ~= NONE then
        at = (next_position(state, now))
        redis.call('XADD', log, at, 'g', state.log, 'e', epoch)
        state.log = at
    end
    local before = {}
    for entry in string.gmatch(state.epochs or known, '%S+') do
        before[#before + 1] = entry
    end
    while #before > 15 do
        table.remove(before, 1)
    end
    before[#before + 1] = epoch .. ':' .. at
    state.epochs = table.concat(before, ' ')
    redis.call('HDEL', meta, 'doubt')
end

-- The state, in a new epoch if there is none, or if a node has seen more than there is.
local function load_checked(log, now, epoch, known, seen)
    local state = load()
    local changed = not state.epochs or behind(seen, state.log)
    if changed then
        new_epoch(state, log, now, epoch, known, seen)
    end
    return state, changed
end
