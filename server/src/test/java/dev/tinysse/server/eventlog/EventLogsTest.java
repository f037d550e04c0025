package dev.tinysse.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.server.RunningServer;
import dev.tinysse.server.component.StartException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogsTest {
    @Test
    void shouldKeepNothingUnlessAskedTo() throws StartException {
        try (EventLog log = EventLogs.open(RunningServer.settings())) {
            assertThat(log.hasHistory()).isFalse();
        }
    }

    @Test
    void shouldKeepHistoryInMemory() throws StartException {
        try (EventLog log = EventLogs.open(RunningServer.settings("--history", "5"))) {
            assertThat(log.hasHistory()).isTrue();
        }
    }

    @Test
    void shouldHaveTheSameAddressForAFolderThatIsThereOrNot(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("a b?ü");
        URI before = EventLogs.address(data, "durability=written");
        Files.createDirectory(data);

        assertThat(EventLogs.address(data, "durability=written")).isEqualTo(before);
        assertThat(before).hasScheme("file").hasPath(data.toString()).hasQuery("durability=written");
    }
}
