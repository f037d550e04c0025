package dev.tinysse.broker;

import dev.tinysse.broker.delivery.BrokerParts;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.broker.nodes.AllStreams;
import dev.tinysse.broker.nodes.OtherNodes;

/**
 * The streams of several nodes.
 *
 * @param nodes what the others have told
 * @param all can ask them
 */
record SharedStreams(OtherNodes nodes, AllStreams all) {
    /** Begins to tell other nodes of the streams here. */
    static SharedStreams of(BrokerParts parts, LocalStreams here, SharedLog log) {
        AllStreams all = new AllStreams(here, here::subscriptions, log, parts.hooks().calls());
        OtherNodes nodes = new OtherNodes(parts.dispatcher(), parts.presence(), all::respond);
        log.join(nodes);
        return new SharedStreams(nodes, all);
    }
}
