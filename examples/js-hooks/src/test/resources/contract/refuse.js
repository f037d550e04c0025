const publish = pub => null;
const subscribe = sub => undefined;
const message = (pub, sub) => null;
