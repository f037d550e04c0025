-- Uses the features of scripts, so that a server with a script starts from the cache, too. The build plays its clients:
-- see Training.java. Without `message`, which comes with a reload, messages go their fast way.
local json, base64, url, uuid = require "json", require "base64", require "url", require "uuid"
local log, http, sqlite, sleep = require "log", require "http", require "sqlite", require "sleep"
local mutex, fernet, template = require "mutex", require "fernet", require "template"

local db = sqlite.open(":memory:")
db:exec("create table messages (id integer primary key, event text, data text)")

local lock = mutex()
local cipher = fernet(fernet.genkey())
local users = setmetatable({}, { __index = function(_, name) return { name = name, seen = 0 } end })

local Room = {}
Room.__index = Room

function Room.new(name) return setmetatable({ name = name, size = 0 }, Room) end

function Room:join() self.size = self.size + 1 end

function Room:leave() self.size = math.max(0, self.size - 1) end

local rooms = {}

local function room_of(req)
  local name = url.unquote(req.query).channel
  name = name and name[1] or "default"
  rooms[name] = rooms[name] or Room.new(name)
  return rooms[name]
end

local function numbers()
  local sum = 0
  for i = 1, 10 do sum = sum + i * 2 // 3 % 5 + i / 2 ^ 2 end
  for word in ("a few words to walk through"):gmatch("%a+") do sum = sum + #word end
  return string.format("%5.2f %d %s %q", sum, #"text", "text", "quoted")
end

function startup(cli)
  assert(cli.listen)
  local values = json.decode(json.encode({ list = { 1, 2.5, "three", json.null }, object = { ok = true } }))
  assert(base64.decode(base64.encode(values.list[3])) == "three")
  assert(cipher:decrypt(cipher:encrypt("secret")) == "secret")
  assert(template.renderstring("{% for x in list %}{{ x }},{% endfor %}", { list = { 1, 2 } }) == "1,2,")
  local ok, problem = pcall(error, { code = 42 })
  assert(not ok and problem.code == 42)
  local words = { "banana", "apple", "cherry" }
  table.sort(words, function(a, b) return a < b end)
  log.infof("%s %s %s", numbers(), table.concat(words, " "), uuid())
  local steps = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
  assert(steps() + steps() + steps() == 6)
end

function tick(count)
  lock(function() sleep(1) end)
  log.debugf("tick %d", count)
end

function publish(pub)
  if pub.req.headers["x-ask-the-server"] then
    local host, port = pub.req.headers.host:match("^(.*):(%d+)$")
    local address = url.encode { scheme = "http", host = host, port = tonumber(port), path = "/healthz" }
    assert(http.get(address, { timeout = 5000 }).status == 200)
  end
  pub.room = room_of(pub.req).name
  if pub.channel == "stored" then return pub end
  pub.msg.id = db:exec("insert into messages (event, data) values (?, ?)", { pub.msg.event or "", pub.msg.data })
    .last_insert_id
  return pub
end

function subscribe(sub)
  sub.room = room_of(sub.req)
  sub.room:join()
  sub.user = users[sub.req.headers["user-agent"] or "nobody"]
  return sub
end

function catchup(sub, last_event_id)
  if sub.channels[1] == "stored" then return nil end -- the server replays the history
  return db:query("select id, data from messages where id > ? order by id limit 5", { tonumber(last_event_id) or 0 })
end

function timeout(sub, elapsed_ms)
  return elapsed_ms > 1000 and 500 or nil
end

function unsubscribe(sub)
  Room.leave(sub.room) -- a table without its metatable, if a reload was between
end
