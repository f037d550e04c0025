const yes = () => true;
const publish = yes, subscribe = yes, catchup = yes, message = yes, timeout = yes;
