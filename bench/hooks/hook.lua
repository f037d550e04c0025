local n = 0
function subscribe(sub) n = n + 1; sub.wanted = n % 2 == 0; return sub end
function message(pub, sub) if sub.wanted then return pub end end
