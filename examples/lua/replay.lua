-- Replay: the server stores messages and sends them to clients that reconnect; the script authorizes live and replayed messages alike.
--
--   tinysse --history 1000 --data-dir replay --script replay.lua
--   curl -d 'data=one' http://127.0.0.1:1983/sse                           # is stored, although nobody subscribes
--   curl -H 'X-Role: staff' -d 'data=two' http://127.0.0.1:1983/sse        # for the staff
--   curl -N 'http://127.0.0.1:1983/sse?since=all'                          # one, then what comes
--   curl -N -H 'X-Role: staff' 'http://127.0.0.1:1983/sse?since=all'       # one and two
--   curl -N -H 'Last-Event-ID: x' http://127.0.0.1:1983/sse                # event: reload, since nothing is known of x
--
-- A browser's EventSource remembers the last id and sends it by itself when it reconnects. A reverse proxy that
-- authenticates users sets X-Role, as X-User in users.lua.
local function role(req) return req.headers["x-role"] end

-- This field is stored with the message, also across a restart, and `message` finds it there in each replay.
function publish(pub)
  pub.staff = role(pub.req) == "staff"
  return pub
end

function subscribe(sub)
  sub.staff = role(sub.req) == "staff"
  return sub
end

function message(pub, sub)
  if pub.staff and not sub.staff then return nil end
  return pub
end

-- Some of the messages have expired, or the id is unknown: the page had better fetch everything again. The
-- array replaces the server's replay, nil leaves it to the server.
function catchup(sub, last_event_id, gap)
  return gap and { { event = "reload", data = gap } }
end
