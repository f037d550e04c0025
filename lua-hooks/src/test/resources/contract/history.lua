function catchup(sub, last_event_id)
  return {{data = "since " .. last_event_id}, {id = "7", event = "e", data = "", comment = {"c"}}, {}}
end
