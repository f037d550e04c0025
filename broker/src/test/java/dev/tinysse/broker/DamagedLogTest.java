package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.delivery.MemoryLimits;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.memory.MemoryLog;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A log of which one record cannot be read any more. */
class DamagedLogTest {
    private final Rig rig = new Rig(Rig.channels(16), TextFormat.PLAIN, Rig.noHooks(),
            new MemoryLimits(1 << 30, 1 << 30),
            withoutTwo(new MemoryLog(new LogConfig(100, Duration.ZERO, 1 << 30, InstantSource.system()))));

    private static EventLog withoutTwo(EventLog log) {
        return (EventLog) Proxy.newProxyInstance(EventLog.class.getClassLoader(), new Class<?>[]{EventLog.class},
                (_, method, arguments) -> {
                    try {
                        Object result = method.invoke(log, arguments);
                        return result instanceof LogPage page ? withoutTwo(page) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static LogPage withoutTwo(LogPage page) {
        return new LogPage(page.records().stream()
                .filter(message -> !message.publication().message().data().equals(Optional.of("two"))).toList(),
                page.complete());
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void shouldTellOfAMessageThatCannotBeRead() throws IOException {
        String seen = rig.publish("a", "seen").id().orElseThrow();
        rig.publish("a", "one");
        rig.publish("a", "two");
        rig.publish("b", "whole");
        rig.publish("a", "three");
        assertThat(rig.comeBack(seen, "a", "b").lines(4)).containsExactly("gap expired[a]", "one", "whole", "three");
    }

    @Test
    void shouldTellOfAFirstMessageThatCannotBeRead() throws IOException {
        String seen = rig.publish("a", "seen").id().orElseThrow();
        rig.publish("a", "two");
        rig.publish("a", "three");
        assertThat(rig.comeBack(seen, "a").lines(2)).containsExactly("gap expired[a]", "three");
    }

    @Test
    void shouldTellOfNothingWhereNothingIsMissing() throws IOException {
        rig.publish("a", "two");
        String seen = rig.publish("a", "seen").id().orElseThrow();
        rig.publish("a", "three");
        assertThat(rig.comeBack(seen, "a").line()).isEqualTo("three");
    }
}
