let n = 0;
function subscribe(sub) { sub.wanted = ++n % 2 === 0; return sub; }
function message(pub, sub) { return sub.wanted ? pub : null; }
