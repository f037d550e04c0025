function timeout(sub, elapsed)
  return ({elapsed = elapsed, fraction = 1500.9, negative = -5})[sub.req.query]
end
