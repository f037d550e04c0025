-- A script of ordinary size, to measure what a script adds to the time of the start: rooms with members, history,
-- commands, signed names and a rate limit.
local json = require "json"
local log = require "log"
local url = require "url"
local uuid = require "uuid"
local base64 = require "base64"

local HISTORY = 50
local BURST, PER_SECOND = 10, 2
local COMMANDS = {}

-- Rooms -------------------------------------------------------------------------------------------------------------

local Room = {}
Room.__index = Room

local rooms = {}

function Room.named(name)
  local room = rooms[name]
  if not room then
    room = setmetatable({ name = name, members = {}, size = 0, history = {}, first = 1, last = 0 }, Room)
    rooms[name] = room
    log.infof("room %q opens", name)
  end
  return room
end

function Room:join(member)
  if not self.members[member] then
    self.members[member] = os.time()
    self.size = self.size + 1
  end
end

function Room:leave(member)
  if self.members[member] then
    self.members[member] = nil
    self.size = self.size - 1
  end
  if self.size == 0 then
    rooms[self.name] = nil
    log.infof("room %q closes", self.name)
  end
end

function Room:remember(message)
  self.last = self.last + 1
  self.history[self.last] = message
  while self.last - self.first >= HISTORY do
    self.history[self.first] = nil
    self.first = self.first + 1
  end
end

function Room:since(id)
  local missed = {}
  for i = self.first, self.last do
    local message = self.history[i]
    if id and message.id > id then
      missed[#missed + 1] = message
    end
  end
  return missed
end

function Room:names()
  local names = {}
  for member in pairs(self.members) do names[#names + 1] = member end
  table.sort(names, function(a, b) return a:lower() < b:lower() end)
  return names
end

-- Rate limit --------------------------------------------------------------------------------------------------------

local buckets = {}

local function allowed(address)
  local now = os.time()
  local bucket = buckets[address] or { tokens = BURST, at = now }
  bucket.tokens = math.min(BURST, bucket.tokens + (now - bucket.at) * PER_SECOND)
  bucket.at = now
  buckets[address] = bucket
  if bucket.tokens < 1 then return false end
  bucket.tokens = bucket.tokens - 1
  return true
end

local function forget_idle_addresses()
  local long_ago = os.time() - BURST // PER_SECOND - 1
  for address, bucket in pairs(buckets) do
    if bucket.at < long_ago then buckets[address] = nil end
  end
end

-- Names -------------------------------------------------------------------------------------------------------------

local function checksum(text)
  local sum = 0x811c9dc5
  for i = 1, #text do
    sum = ((sum ~ text:byte(i)) * 0x01000193) & 0xffffffff
  end
  return ("%08x"):format(sum)
end

local secret = uuid()

local function sign(name)
  return base64.encode(name) .. "." .. checksum(name .. secret)
end

local function verify(token)
  local encoded, sum = (token or ""):match("^([%w+/=]+)%.(%x+)$")
  if not encoded then return nil end
  local ok, name = pcall(base64.decode, encoded)
  return ok and checksum(name .. secret) == sum and name or nil
end

local function cookies(req)
  local found = {}
  for name, value in (req.headers.cookie or ""):gmatch("([^=; ]+)=([^;]*)") do found[name] = value end
  return found
end

local function who(req)
  return verify(cookies(req).name) or ("guest-" .. checksum(req.addr.ip):sub(1, 4))
end

-- Commands ----------------------------------------------------------------------------------------------------------

function COMMANDS.me(pub, rest)
  pub.msg.event = "action"
  pub.msg.data = pub.from .. " " .. rest
  return pub
end

function COMMANDS.who(pub)
  pub.msg.event = "who"
  pub.msg.data = json.encode(pub.room:names())
  return pub
end

function COMMANDS.roll(pub, rest)
  local sides = math.tointeger(tonumber(rest)) or 6
  if sides < 2 then return nil end
  pub.msg.event = "roll"
  pub.msg.data = ("%s rolls a %d of %d"):format(pub.from, math.random(sides), sides)
  return pub
end

-- Hooks -------------------------------------------------------------------------------------------------------------

local function room_of(req)
  local name = url.unquote(req.query).room
  name = name and name[1] or "lobby"
  return #name <= 40 and not name:find("[%c/]") and Room.named(name) or nil
end

function startup(cli)
  log.infof("chat with a history of %d, on %s", HISTORY, cli.listen)
  assert(verify(sign("Ann")) == "Ann" and not verify("Ann.0"))
end

function tick(count)
  forget_idle_addresses()
end

function publish(pub)
  if not pub.msg.data or not allowed(pub.req.addr.ip) then return nil end
  pub.room, pub.from = room_of(pub.req), who(pub.req)
  if not pub.room then return nil end
  local command, rest = pub.msg.data:match("^/(%a+)%s*(.*)$")
  if command then
    local run = COMMANDS[command]
    return run and run(pub, rest)
  end
  pub.msg.id = uuid.v7()
  pub.msg.event = "said"
  pub.msg.data = json.encode({ from = pub.from, text = pub.msg.data, at = os.time() })
  pub.room:remember({ id = pub.msg.id, event = pub.msg.event, data = pub.msg.data })
  return pub
end

function subscribe(sub)
  sub.room, sub.name = room_of(sub.req), who(sub.req)
  if not sub.room then return nil end
  sub.room:join(sub.name)
  return sub
end

function catchup(sub, last_event_id)
  return sub.room:since(last_event_id)
end

function message(pub, sub)
  if pub.room == sub.room then return pub end
end

function unsubscribe(sub)
  sub.room:leave(sub.name)
end
