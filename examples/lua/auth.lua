-- Authentication: a bearer token, or the cookie that its bearer received.
--
--   export AUTH_KEY=$(echo 'print(require("fernet").genkey())' | tinysse lua)
--   export AUTH_TOKENS='{"a-long-random-token": "anna", "another-one": "bob"}'
--   tinysse --script auth.lua
--   curl -N -H 'Authorization: Bearer a-long-random-token' http://127.0.0.1:1983/sse   # event: cookie, data: session=…
--   curl -N -b 'session=…' http://127.0.0.1:1983/sse                                   # the same user, for an hour
--   curl -N http://127.0.0.1:1983/sse                                                  # 401
--   curl -b 'session=…' -d 'data=hi' http://127.0.0.1:1983/sse                         # publishing needs it, too
--
-- A browser's EventSource can send cookies but no Authorization header. So your application, which knows its users,
-- sends a request with the token, reads the first event, hangs up, and passes the data on as the `Set-Cookie` of its own response.
-- The browser never sees the token, and HttpOnly keeps the cookie from scripts in the page. An application that has the
-- key may as well make the cookie itself: Fernet tokens are a standard.
local fernet, json, log = require "fernet", require "json", require "log"

local AGE = 3600 -- seconds

-- Secrets come from the environment: a script ends up in a repository, and a command line shows in `ps`.
local key = os.getenv("AUTH_KEY")
if not key then
  log.warn("AUTH_KEY is not set: cookies will not outlive this start")
  key = fernet.genkey()
end
local cookies = fernet(key)
local users = json.decode(os.getenv("AUTH_TOKENS") or "{}") -- token → user
if not next(users) then log.warn("AUTH_TOKENS is not set: nobody can connect") end

-- A cookie is good only while its user still has a token, so that removing the token ends the access within the hour.
local known = {}
for _, user in pairs(users) do known[user] = true end

local function by_token(req)
  local token = (req.headers.authorization or ""):match("^[Bb]earer +(%S+)$")
  return token and users[token]
end

-- `decrypt` returns nil for an invalid value: forged, another key, too old.
local function by_cookie(req)
  for name, value in (req.headers.cookie or ""):gmatch("([^=;%s]+)=([^;]*)") do
    local user = name == "session" and cookies:decrypt(value, AGE)
    if user and known[user] then return user end
  end
end

-- A browser's EventSource does not reconnect after this. The page finds out with a `fetch` of the same address, and logs in.
local LOG_IN = { status = 401, error = "log in first", headers = { ["WWW-Authenticate"] = "Bearer" } }

function subscribe(sub)
  local user = by_token(sub.req)
  sub.wants_cookie = user ~= nil
  sub.user = user or by_cookie(sub.req)
  if not sub.user then return nil, LOG_IN end
  return sub
end

-- An open stream stays open: a removed user loses it when it ends, after `--timeout` at the latest.
function catchup(sub)
  if not sub.wants_cookie then return nil end
  local cookie = "session=%s; Max-Age=%d; Path=/; HttpOnly; Secure; SameSite=Strict"
  return { { event = "cookie", data = cookie:format(cookies:encrypt(sub.user), AGE) } }
end

-- SameSite=Strict above is what keeps other sites from publishing with a visitor's cookie.
function publish(pub)
  if not (by_token(pub.req) or by_cookie(pub.req)) then return nil, LOG_IN end
  return pub
end
