started, ticked, left, count = 0, 0, 0, 0

function startup(cli) started = cli.capacity end
function tick(n) ticked = n end
function unsubscribe(sub) left = left + 1 end

function publish(pub)
  count = count + 1
  pub.msg.data = table.concat({started, ticked, left, count}, "|")
  return pub
end
