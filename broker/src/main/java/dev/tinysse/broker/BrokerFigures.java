package dev.tinysse.broker;

import dev.tinysse.api.GapReason;
import dev.tinysse.broker.delivery.BrokerParts;
import dev.tinysse.broker.delivery.DeliveryFigures;
import dev.tinysse.broker.delivery.DeliveryThread;
import dev.tinysse.broker.figures.Distribution;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.publish.Publisher;
import dev.tinysse.broker.stream.ClosedReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The metrics of a broker at one moment: the sums over its fan-out threads.
 *
 * @param opened streams that have been opened so far
 * @param open streams that have not ended
 */
record BrokerFigures(BrokerParts parts, List<DeliveryThread> workers, long opened, int open, Publisher publisher) {
    List<Figure> all() {
        List<Figure> all = new ArrayList<>();
        streams(all);
        all.add(Figure.gauge("tinysse_channels", "Channels with at least one stream", parts.dispatcher().channels()));
        all.add(Figure.counter("tinysse_messages_published",
                "Messages published on this node by publishers, scripts and operators", publisher.published()));
        all.add(Figure.counter("tinysse_messages_delivered",
                "Messages delivered completely, replayed ones included", sum(DeliveryFigures::delivered)));
        all.add(Figure.counter("tinysse_messages_lost",
                "Messages lost by slow consumers and closed streams", parts.losses().sum()));
        gaps(all);
        all.add(Figure.counter("tinysse_replayed",
                "Messages replayed from the history or by the catchup hook",
                sum(DeliveryFigures::replayed)));
        all.add(Figure.counter("tinysse_sent_bytes", "Bytes written to the sockets of streams",
                sum(DeliveryFigures::sent)));
        all.add(Figure.gauge("tinysse_queue_messages", "Messages not yet delivered to every stream",
                parts.dispatcher().queued()));
        all.add(Figure.histogram("tinysse_delivery_seconds",
                "Latency from acceptance of a message to the last write of its first pass",
                deliveries(workers)));
        history(all);
        all.addAll(parts.hooks().calls().figures());
        return all;
    }

    static Distribution deliveries(List<DeliveryThread> workers) {
        return workers.stream().map(worker -> worker.figures().deliveries())
                .reduce(Distribution.NONE, Distribution::plus);
    }

    private void streams(List<Figure> all) {
        all.add(Figure.gauge("tinysse_streams", "Open streams", open));
        all.add(Figure.counter("tinysse_streams_opened", "Opened streams", opened));
        Figure.Builder closed = Figure.of(Figure.Kind.COUNTER, "tinysse_streams_closed", "Closed streams by reason");
        for (ClosedReason reason : ClosedReason.values()) {
            closed.add(sum(figures -> figures.closedFor(reason)), "reason", reason.toString());
        }
        all.add(closed.build());
    }

    private void gaps(List<Figure> all) {
        Figure.Builder gaps = Figure.of(Figure.Kind.COUNTER, "tinysse_gaps", "Gaps sent to clients");
        for (GapReason reason : GapReason.values()) {
            gaps.add(sum(figures -> figures.gaps(reason)), "reason", reason.name().toLowerCase(Locale.ROOT));
        }
        all.add(gaps.build());
    }

    private void history(List<Figure> all) {
        HistoryTotal history = parts.log().retention().total();
        all.add(Figure.gauge("tinysse_history_messages", "Messages in the history", history.messages()));
        all.add(Figure.gauge("tinysse_history_bytes", "Size of the history", history.bytes()));
        all.addAll(parts.log().figures());
    }

    private long sum(ToLongFunction<DeliveryFigures> figure) {
        return workers.stream().mapToLong(worker -> figure.applyAsLong(worker.figures())).sum();
    }
}
