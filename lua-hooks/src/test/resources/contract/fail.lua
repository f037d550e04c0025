function startup() error("boom") end
function tick() error("boom") end
function publish() error("boom") end
function subscribe() error("boom") end
function catchup() error("boom") end
function message() error("boom") end
function timeout() error("boom") end
function unsubscribe() error("boom") end
