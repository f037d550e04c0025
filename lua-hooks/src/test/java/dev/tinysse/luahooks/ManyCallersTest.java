package dev.tinysse.luahooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.HookContext;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyCallersTest {

    @Test
    void shouldShareGlobalsAndRunOneCallAtATime() throws Exception {
        try (LuaHooks hooks = Scripts.load("""
                local sleep = require "sleep"
                count, inside = 0, 0
                function publish(pub)
                  inside = inside + 1
                  assert(inside == 1)
                  for i = 1, 1000 do count = count + 1 end
                  inside = inside - 1
                  sleep(1)
                  pub.msg.data = count
                  return pub
                end"""); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Message>> results = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> Scripts.published(hooks, Message.of("x")))).toList();
            for (Future<Message> result : results) {
                assertThat(result.get().data()).isPresent();
            }
            assertThat(Scripts.published(hooks, Message.of("x")).data()).contains("51000");
        }
    }

    @Test
    void shouldLetOthersRunWhileACallWaits() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        HookContext context = Scripts.context(Map.of(), waiting::countDown);
        try (LuaHooks hooks = Scripts.load("""
                local mutex, sleep = require "mutex", require "sleep"
                function tick() coroutine.wrap(function() repeat sleep(1) until released end)() result = "ended" end
                function publish(pub) released = true pub.msg.data = tostring(result) return pub end""", context);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> tick = threads.submit(() -> hooks.tick(1));
            waiting.await();
            assertThat(Scripts.published(hooks, Message.of("x")).data()).contains("nil");
            tick.get();
            assertThat(Scripts.published(hooks, Message.of("x")).data()).contains("ended");
        }
    }

    @Test
    void shouldMakeABatchOfCallsInOneEntry() {
        try (LuaHooks hooks = Scripts.load("""
                n = 0
                function message(pub, sub) n = n + 1 pub.msg.data = n return pub end""")) {
            ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
            Publication publication = Scripts.publication("x");
            Subscription subscription = Scripts.subscription("q");
            hooks.batch(() -> {
                for (int i = 0; i < 3; i++) {
                    seen.add(hooks.message(publication, subscription).data().orElseThrow());
                }
            });
            assertThat(seen).containsExactly("1", "2", "3");
            assertThat(hooks.message(publication, subscription).data()).contains("4");
        }
    }

    @Test
    void shouldSayInABatchThatACallIsAboutToWait() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        HookContext context = Scripts.context(Map.of(), waiting::countDown);
        try (LuaHooks hooks = Scripts.load("""
                local sleep = require "sleep"
                function message(pub, sub)
                  if sub.req.query == "wait" then repeat sleep(1) until released end
                  released = true
                  return pub
                end""", context); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Publication publication = Scripts.publication("x");
            Future<?> batch = threads.submit(
                    () -> hooks.batch(() -> hooks.message(publication, Scripts.subscription("wait"))));
            waiting.await();
            hooks.batch(() -> hooks.message(publication, Scripts.subscription("")));
            batch.get();
        }
    }
}
