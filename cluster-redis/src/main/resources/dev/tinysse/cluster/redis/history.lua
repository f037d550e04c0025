-- Functions of the scripts that read or change the history. KEYS[3] is the hash with the state of each channel: last position, number of
-- records, their bytes, the mark of the last drop, how many records it has ever had, and up to which of them, or more, its first entry goes;
-- KEYS[4] has the channels by the time of their oldest record, or an earlier one.
local channels, oldest = KEYS[3], KEYS[4]

local function load_channel(name)
    local text = redis.call('HGET', channels, name)
    if not text then
        return nil
    end
    local last, len, bytes, mark, published, entry = string.match(text, '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$')
    return {last = last, len = tonumber(len), bytes = tonumber(bytes), mark = mark, published = tonumber(published),
        entry = tonumber(entry)}
end

local function save_channel(name, channel)
    redis.call('HSET', channels, name,
        channel.last .. ' ' .. string.format('%.0f %.0f ', channel.len, channel.bytes) .. channel.mark
            .. string.format(' %.0f %.0f', channel.published, channel.entry))
end

-- An entry of a channel's stream has the messages of the channel that were appended together, at most 500: the last position before them
-- (p), how many messages the channel has had before (n), how many they are (c), for each how many publications of the log's entry are
-- before it, or an empty text if all of these are messages of the channel (o), the content (m), and if any has an own id, a line for
-- each, which is empty or the id behind a = (i). Its id is the position of the last one.

-- Messages of a channel up to this number have been dropped, the first one being 1.
local function dropped_number(channel)
    return channel.published - channel.len
end

local function number_before(entry)
    return tonumber(entry[2][4])
end

local function messages(entry)
    return tonumber(entry[2][6])
end

-- The positions of the messages of an entry.
local function positions(entry)
    local ms, seq = parts(entry[1])
    local offsets, result = {}, {}
    for offset in string.gmatch(entry[2][8], '%d+') do
        offsets[#offsets + 1] = tonumber(offset)
    end
    local count = messages(entry)
    for i = 1, count do
        result[i] = moved(ms, seq, #offsets > 0 and offsets[i] - offsets[count] or i - count)
    end
    return result
end

-- For each message of an entry, an empty text or its own id behind a =; nothing if none has one.
local function own_ids(entry)
    local ids = {}
    if entry[2][12] then
        for line in string.gmatch(entry[2][12] .. '\n', '([^\n]*)\n') do
            ids[#ids + 1] = line
        end
    end
    return ids
end

-- Removes entries of which all messages have been dropped, until those have so many messages. Reads no entry in vain twice, for that copies
-- its content.
local function trim(stream, channel, count)
    local removed, dropped = 0, dropped_number(channel)
    while removed < count and channel.entry <= dropped do
        local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
        if not first then
            return
        end
        local upto = number_before(first) + messages(first)
        if upto <= dropped then
            redis.call('XDEL', stream, first[1])
            removed = removed + messages(first)
        else
            channel.entry = upto
        end
    end
end

-- So many records of a channel have been dropped. Each counts with what they have on average.
local function count_dropped(state, channel, dropped, mark)
    if dropped > 0 then
        local bytes = channel.len <= dropped and channel.bytes or math.floor(channel.bytes * dropped / channel.len)
        channel.len = math.max(0, channel.len - dropped)
        channel.bytes = channel.bytes - bytes
        channel.mark = mark
        state.size = math.max(0, state.size - bytes)
        state.messages = math.max(0, state.messages - dropped)
    end
end

-- Channels that operators have forgotten, which says nothing of others, with last record and mark of each: the newest hundred.
local function forgets()
    return redis.call('HGET', meta, 'forgets') or ''
end

-- Last record and mark of what is known of a channel without any record.
local function last_forgotten(state, name)
    for other, last, mark in string.gmatch(forgets(), '(%S+) (%S+) (%S+)') do
        if other == name then
            return latest(state.forgotten, last), latest(state.mark, mark)
        end
    end
    return state.forgotten, state.mark
end

local function remember_forgotten(state, name, last, mark)
    local all = {}
    for other, its, at in string.gmatch(forgets(), '(%S+) (%S+) (%S+)') do
        if other ~= name then
            all[#all + 1] = {other, its, at}
        end
    end
    all[#all + 1] = {name, last, mark}
    if #all > 100 then
        local gone = table.remove(all, 1)
        state.forgotten = latest(state.forgotten, gone[2])
        state.mark = latest(state.mark, gone[3])
    end
    for i, one in ipairs(all) do
        all[i] = table.concat(one, ' ')
    end
    redis.call('HSET', meta, 'forgets', table.concat(all, ' '))
end

-- Nothing of a channel is left: its last record, and a mark of when it went.
local function remove(state, name, stream, channel, now)
    local mark = (next_position(state, now))
    state.size = math.max(0, state.size - channel.bytes)
    state.messages = math.max(0, state.messages - channel.len)
    redis.call('DEL', stream)
    redis.call('HDEL', channels, name)
    redis.call('ZREM', oldest, name)
    return channel.last, mark
end

local function forget(state, name, stream, channel, now)
    local last, mark = remove(state, name, stream, channel, now)
    state.forgotten = latest(state.forgotten, last)
    state.mark = mark
end

-- Drops records of a channel that are older than a time.
local function drop_before(state, name, stream, time, now)
    local channel = load_channel(name)
    if not channel then
        redis.call('ZREM', oldest, name)
        return
    end
    redis.call('XTRIM', stream, 'MINID', '=', id(math.max(0, time), 0))
    local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
    if not first then
        forget(state, name, stream, channel, now)
        return
    end
    local dropped = number_before(first) - dropped_number(channel)
    if dropped > 0 then
        count_dropped(state, channel, dropped, (next_position(state, now)))
        save_channel(name, channel)
    end
    local ms = parts(first[1])
    redis.call('ZADD', oldest, ms, name)
end

-- Drops the oldest records of all channels until the rest takes no more than so many bytes.
local function drop_beyond(state, limit, prefix, now)
    while state.size > limit do
        local two = redis.call('ZRANGE', oldest, 0, 1, 'WITHSCORES')
        local name = two[1]
        if not name then
            return
        end
        local stream = prefix .. name
        local channel = load_channel(name)
        local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
        if not channel then
            redis.call('ZREM', oldest, name)
        elseif not first then
            forget(state, name, stream, channel, now)
        elseif parts(first[1]) > tonumber(two[2]) then
            redis.call('ZADD', oldest, (parts(first[1])), name)
        else
            local average = math.max(1, channel.bytes / math.max(1, channel.len))
            local first_left = math.max(number_before(first), dropped_number(channel))
            local drop = math.max(1, math.min(number_before(first) + messages(first) - first_left,
                math.ceil((state.size - limit) / average)))
            if drop >= channel.len then
                forget(state, name, stream, channel, now)
            else
                count_dropped(state, channel, drop, (next_position(state, now)))
                trim(stream, channel, drop)
                save_channel(name, channel)
            end
        end
    end
end
