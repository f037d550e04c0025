-- Users: a channel for each user, which only that user can subscribe to, live and in a replay.
--
--   tinysse --channels --history 100 --script users.lua
--   curl -N -H 'X-User: anna' http://127.0.0.1:1983/sse                                # what is for all, and for anna
--   curl -H 'X-User: bob' -d 'data=psst' http://127.0.0.1:1983/sse/user.anna           # anna only, also if she comes later
--   curl -H 'X-User: bob' -d 'data=hello' http://127.0.0.1:1983/sse                    # everybody
--   curl -H 'X-User: bob' -d 'data=x' http://127.0.0.1:1983/sse/other                  # 403: there is no such channel
--   curl -N -H 'X-User: anna' 'http://127.0.0.1:1983/sse?since=1h'                     # the messages of the last hour once more
--   curl -N http://127.0.0.1:1983/sse                                                  # 403: who is it?
--
-- X-User has to come from a trusted reverse proxy that authenticates users, sets the header and drops what the client
-- sent (nginx: `proxy_set_header X-User $remote_user;`), while this server listens on loopback. auth.lua shows how
-- to do without such a proxy.

-- The name becomes part of a channel, so it must be one segment of plain characters: no dot, and no star, which would be a
-- pattern and match all users.
local function user(req)
  return (req.headers["x-user"] or ""):match("^[%w_-]+$")
end

-- These two, whatever the request names.
function subscribe(sub)
  local name = user(sub.req)
  sub.channels = name and { "default", "user." .. name }
  return name and sub
end

-- All users may write to all users. A `message` hook is not needed: channels select the streams, at no cost per stream.
function publish(pub)
  local known = pub.channel == "default" or pub.channel:find("^user%.[%w_-]+$")
  return known and user(pub.req) and pub or nil
end
