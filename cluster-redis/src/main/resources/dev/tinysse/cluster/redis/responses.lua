-- The responses to requests with an idempotency key. KEYS[5] is a hash with what is stored of each key, packed, and the bytes of all in
-- the field 'bytes'; KEYS[6] has the keys by the time when they were stored. Both expire when no key has been stored for that time.
local responses, ages = KEYS[5], KEYS[6]
local LIFETIME, MAX_KEYS, MAX_BYTES, STEP = 300000, 100000, 67108864, 1000

-- The approximate size of a key in both.
local function response_bytes(name, packed)
    return 2 * #name + #packed + 192
end

-- The stored response of a key: digest, position of the first publication, mark, results.
local function find_response(name, now)
    local at = redis.call('ZSCORE', ages, name)
    local packed = at and tonumber(at) > now - LIFETIME and redis.call('HGET', responses, name)
    return packed and cmsgpack.unpack(packed)
end

-- The outcome of a request whose key has been used.
local function outcome(stored, digest)
    return stored[1] == digest and {stored[2], stored[3], stored[4]} or 'k'
end

local function drop_responses(names, bytes)
    for _, name in ipairs(names) do
        local packed = redis.call('HGET', responses, name)
        bytes = packed and bytes - response_bytes(name, packed) or bytes
        redis.call('HDEL', responses, name)
        redis.call('ZREM', ages, name)
    end
    return bytes
end

-- Stores a response, and drops the oldest beyond the limits, a step at a time.
local function store_response(name, now, digest, first, mark, results)
    local bytes = drop_responses({name}, tonumber(redis.call('HGET', responses, 'bytes') or '0'))
    local packed = cmsgpack.pack({digest, first, mark, results})
    redis.call('HSET', responses, name, packed)
    redis.call('ZADD', ages, now, name)
    bytes = bytes + response_bytes(name, packed)
    bytes = drop_responses(redis.call('ZRANGEBYSCORE', ages, '-inf', now - LIFETIME, 'LIMIT', 0, STEP), bytes)
    local beyond = redis.call('ZCARD', ages) - MAX_KEYS
    if beyond > 0 then
        bytes = drop_responses(redis.call('ZRANGE', ages, 0, math.min(beyond, STEP) - 1), bytes)
    end
    while bytes > MAX_BYTES and redis.call('ZCARD', ages) > 0 do
        bytes = drop_responses(redis.call('ZRANGE', ages, 0, 0), bytes)
    end
    redis.call('HSET', responses, 'bytes', string.format('%.0f', bytes))
    redis.call('PEXPIRE', responses, LIFETIME)
    redis.call('PEXPIRE', ages, LIFETIME)
end
