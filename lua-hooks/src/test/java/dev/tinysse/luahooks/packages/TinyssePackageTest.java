package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TinyssePackageTest {
    private final TestScripts scripts = new TestScripts(new TinyssePackage("1.2.3", _ -> 1_764_103_000_123L));

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldTellTheTimeInMilliseconds() {
        assertThat(scripts.run("local now = require 'tinysse'.now() return now, math.type(now)"))
                .isEqualTo("1764103000123 integer");
    }

    @Test
    void shouldTellTheVersionOfTheServer() {
        assertThat(scripts.run("return require 'tinysse'.version")).isEqualTo("1.2.3");
    }
}
