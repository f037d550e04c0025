package dev.tinysse.broker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.tck.LogRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogAppenderTest {
    /** With this capacity, only one may append at a time. */
    private static final int ONE = 1;

    private final List<String> steps = new CopyOnWriteArrayList<>();

    private static LogAppender appender(HeldLog log, int capacity) {
        BackPressure backPressure = new BackPressure(capacity, List.of(new WorkerQueue()));
        HookCalls hooks = new HookCalls(new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of();
            }
        });
        return log.hasHistory()
                ? new LogAppender(log, backPressure, hooks)
                : new InProcessAppender(log, backPressure, hooks);
    }

    private static List<Append.Item> items(String... data) {
        List<Append.Item> items = new ArrayList<>();
        for (String text : data) {
            items.add(LogRig.item("a", text));
        }
        return items;
    }

    private Thread append(LogAppender appender, String... data) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                appender.append(items(data), () -> steps.add("appended " + data[0]));
                steps.add("durable " + data[0]);
            } catch (LogException e) {
                steps.add("failed " + data[0]);
            }
        });
    }

    private static void awaitWaiting(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    @Test
    void shouldLetOthersAppendBeforeTheRecordIsDurable() throws InterruptedException {
        HeldLog log = new HeldLog(true, false);
        log.hold();
        Thread thread = append(appender(log, 16), "1");
        await().until(() -> steps.contains("appended 1"));
        awaitWaiting(thread);
        assertThat(steps).containsExactly("appended 1");
        log.commit(log.appends().getFirst());
        thread.join();

        assertThat(steps).containsExactly("appended 1", "durable 1");
    }

    @Test
    void shouldLetNothingBetweenTheMessagesOfARequestWithoutHistory() throws InterruptedException {
        HeldLog log = new HeldLog(false, false);
        log.hold();
        LogAppender appender = appender(log, 16);
        Thread first = append(appender, "1", "2");
        await().until(() -> log.appends().size() == 1);
        Thread other = append(appender, "other");
        awaitWaiting(other);
        log.commit(log.appends().getFirst());
        await().until(() -> log.appends().size() == 2);
        awaitWaiting(other);
        log.commit(log.appends().getLast());
        await().until(() -> log.appends().size() == 3);
        log.commit(log.appends().getLast());
        first.join();
        other.join();

        assertThat(log.data()).containsExactly("1", "2", "other");
        assertThat(steps.indexOf("appended 1")).isLessThan(steps.indexOf("appended other"));
    }

    @Test
    void shouldLetSingleMessagesAppendTogetherWithoutHistory() throws InterruptedException {
        HeldLog log = new HeldLog(false, false);
        log.hold();
        LogAppender appender = appender(log, 16);
        Thread first = append(appender, "1");
        Thread second = append(appender, "2");
        await().until(() -> log.appends().size() == 2);
        log.appends().forEach(log::commit);
        first.join();
        second.join();

        assertThat(steps).contains("durable 1", "durable 2");
    }

    @Test
    void shouldLetNoRequestWithAKeyBetweenTheMessagesOfAnother() throws InterruptedException {
        HeldLog log = new HeldLog(false, false);
        log.hold();
        LogAppender appender = appender(log, 16);
        Thread first = append(appender, "1", "2");
        await().until(() -> log.appends().size() == 1);
        Append keyed = LogRig.once(PublisherRig.key("k"), LogRig.item("a", "3"), LogRig.item("a", "4"));
        Thread other = Thread.ofPlatform().daemon().start(() -> {
            try {
                appender.appendOnce(keyed, () -> steps.add("appended keyed"));
            } catch (LogException e) {
                steps.add("failed keyed");
            }
        });
        awaitWaiting(other);
        log.commit(log.appends().getFirst());
        await().until(() -> log.appends().size() == 2);
        awaitWaiting(other);
        log.commit(log.appends().getLast());
        await().until(() -> log.appends().size() == 3);
        log.commit(keyed);
        first.join();
        other.join();

        assertThat(log.data()).containsExactly("1", "2", "3", "4");
        assertThat(steps).contains("appended keyed");
    }

    @Test
    void shouldLetTheNextPublishThoughTheLogHasFailed() {
        HeldLog log = new HeldLog(true, false);
        LogAppender appender = appender(log, ONE);
        log.fail(new LogException(LogException.Kind.FULL, "as the test wants it"));

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(LogException.class)
                    .isThrownBy(() -> appender.append(items("x"), () -> steps.add("appended")))
                    .extracting(LogException::kind).isEqualTo(LogException.Kind.FULL);
        }
        assertThat(steps).hasSize(3);
    }

    @Test
    void shouldReleaseMessagesOfOthersThoughOneOfARequestFailsWithoutHistory() {
        HeldLog log = new HeldLog(false, false);
        LogAppender appender = appender(log, ONE);
        log.fail(new LogException(LogException.Kind.UNCERTAIN, "as the test wants it"));

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(LogException.class)
                    .isThrownBy(() -> appender.append(items("1", "2"), () -> steps.add("appended")));
        }
        assertThat(steps).hasSize(3);
        assertThat(log.data()).containsExactly("1", "1", "1");
    }

    @Test
    void shouldLetOnlySoManyAppendAtATimeInOneProcess() throws InterruptedException {
        HeldLog log = new HeldLog(true, false);
        log.hold();
        LogAppender appender = appender(log, ONE);
        Thread first = append(appender, "1");
        await().until(() -> log.appends().size() == 1);
        Thread second = append(appender, "2");
        awaitWaiting(second);
        assertThat(log.appends()).hasSize(1);
        log.commit(log.appends().getFirst());
        await().until(() -> log.appends().size() == 2);
        log.commit(log.appends().getLast());
        first.join();
        second.join();
    }

    @Test
    void shouldLeaveBackPressureToTheFollowerOfASharedLog() throws InterruptedException {
        HeldLog log = new HeldLog(true, true);
        log.hold();
        LogAppender appender = appender(log, ONE);
        Thread first = append(appender, "1");
        Thread second = append(appender, "2");
        await().until(() -> log.appends().size() == 2);
        log.appends().forEach(log::commit);
        first.join();
        second.join();
    }
}
