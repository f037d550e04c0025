function publish(pub) return nil end
function subscribe(sub) return nil end
function message(pub, sub) return nil end
