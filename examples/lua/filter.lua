-- Every user gets what is meant for them: messages to one user, topics of interest, and no echo of one's own.
--
--   tinysse --script filter.lua
--   curl -N -H 'X-User: anna' 'http://127.0.0.1:1983/sse'                            # everything
--   curl -N -H 'X-User: bob' 'http://127.0.0.1:1983/sse?topic=news'                  # the topic "news" only
--   curl -H 'X-User: carl' -d 'event=news&data=rain' http://127.0.0.1:1983/sse       # anna and bob
--   curl -H 'X-User: carl' -d 'data=psst' 'http://127.0.0.1:1983/sse?to=anna'        # anna only
--   curl -H 'X-User: anna' -d 'data=me' http://127.0.0.1:1983/sse                    # nobody: bob wants news, anna wrote it
--
-- X-User has to come from a trusted reverse proxy that authenticates users, sets the header and drops what the client
-- sent (nginx: `proxy_set_header X-User $remote_user;`), while this server listens on loopback. auth.lua shows how
-- to do without such a proxy.
local url = require "url"

local function user(req)
  local name = req.headers["x-user"]
  return name ~= "" and name or nil
end

function publish(pub)
  pub.from = user(pub.req)
  pub.to = (url.unquote(pub.req.query).to or {})[1]
  return pub.from and pub
end

function subscribe(sub)
  sub.user = user(sub.req)
  for _, topic in ipairs(url.unquote(sub.req.query).topic or {}) do
    sub.topics = sub.topics or {} -- stays nil for clients that want everything
    sub.topics[topic] = true
  end
  return sub.user and sub
end

-- Runs for every message and every stream: comparisons of what is there already, no parsing and no waiting.
function message(pub, sub)
  if pub.from == sub.user then return nil end
  if pub.to then return pub.to == sub.user and pub or nil end -- a word in your ear comes whatever your topics are
  if sub.topics and not sub.topics[pub.msg.event] then return nil end
  return pub
end
