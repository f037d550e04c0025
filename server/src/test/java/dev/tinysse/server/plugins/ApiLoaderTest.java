package dev.tinysse.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.HookProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiLoaderTest {
    private final ClassLoader loader = new ApiLoader();

    @Test
    void shouldShowTheApiAsTheServerKnowsIt() throws ClassNotFoundException {
        assertThat(loader.loadClass("dev.tinysse.api.HookProvider")).isSameAs(HookProvider.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.List", "java.lang.System$Logger", "sun.misc.Unsafe"})
    void shouldShowTheJdk(String name) throws ClassNotFoundException {
        assertThat(loader.loadClass(name)).hasToString(Class.forName(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.tinysse.broker.Broker", "dev.tinysse.server.plugins.Providers",
            "io.helidon.webserver.WebServer", "org.yaml.snakeyaml.Yaml", "dev.tinysse.api.spi.Absent"})
    void shouldHideTheServer(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> loader.loadClass(name));
    }
}
