local refusals = {
  all = {status = 401, error = "log in first", headers = {["WWW-Authenticate"] = "Bearer"}},
  gone = {status = 204},
  error = {error = "no"},
  bad = {status = 200},
  ["break"] = {headers = {["x-name"] = "a\nb"}},
}

local function decide(what, object)
  local refusal = refusals[what]
  if refusal then return nil, refusal end
  return object
end

function publish(pub) return decide(pub.msg.data, pub) end
function subscribe(sub) return decide(sub.req.query, sub) end
