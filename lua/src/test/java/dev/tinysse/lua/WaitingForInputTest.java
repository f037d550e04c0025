package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.luaj.vm2.LuaValue;

@Timeout(60)
class WaitingForInputTest {

    /** More than there are threads for virtual ones to run on. */
    private static final int CALLS = Runtime.getRuntime().availableProcessors() + 2;

    private final EngineFixture lua = new EngineFixture();

    @AfterEach
    void close() {
        lua.close();
    }

    @Test
    void shouldKeepNoCallWaitingHoweverManyReadFromAPipe() throws Exception {
        lua.run("""
                local fifo = os.tmpname()
                os.remove(fifo)
                assert(os.execute("mkfifo " .. fifo))
                local pipe = assert(io.open(fifo, "r+"))
                function read() return assert(io.open(fifo, "r+")):read(1) end
                function write() pipe:write("x") pipe:flush() end
                function remove() os.remove(fifo) end""");
        List<CompletableFuture<String>> reading = IntStream.range(0, CALLS).mapToObj(i -> started("read")).toList();
        while (!reading.stream().allMatch(CompletableFuture::isDone)) {
            started("write").get(20, TimeUnit.SECONDS);
        }
        started("remove").get(20, TimeUnit.SECONDS);
        assertThat(reading).extracting(CompletableFuture::join).containsOnly("x");
    }

    private CompletableFuture<String> started(String function) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> result.complete(lua.call(function, LuaValue.NIL)));
        return result;
    }
}
