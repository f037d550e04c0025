function boom() { throw new Error("boom"); }
const startup = boom, tick = boom, publish = boom, subscribe = boom;
const catchup = boom, message = boom, timeout = boom, unsubscribe = boom;
