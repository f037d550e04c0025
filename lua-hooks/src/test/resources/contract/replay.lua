function catchup(sub, last_event_id, gap)
  if sub.req.query == "own" then return {{data = (last_event_id or "-") .. "|" .. (gap or "-")}} end
  if sub.req.query == "none" then return {} end
end
