let started = 0, ticked = 0, left = 0, count = 0;

function startup(cli) { started = cli.capacity; }
function tick(n) { ticked = n; }
function unsubscribe(sub) { left++; }

function publish(pub) {
  count++;
  pub.msg.data = [started, ticked, left, count].join("|");
  return pub;
}
