package dev.tinysse.luahooks.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much databases hold that are in no file. */
class DatabaseSizeTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final DatabaseLimits FOUR_MEBIBYTES = new Memory(4L * MEBIBYTE);
    @TempDir
    private Path directory;

    private record Memory(long memory) implements DatabaseLimits {

        @Override
        public Duration time() {
            return Duration.ZERO;
        }

        @Override
        public boolean hasRoom(long bytes) {
            return true;
        }
    }

    private static void fill(Database database, String kind, int mebibytes) throws Exception {
        database.execute("create " + kind + " t (x)", List.of());
        for (int i = 0; i < mebibytes; i++) {
            database.execute("insert into t values (zeroblob(%d))".formatted(MEBIBYTE), List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":memory:", "", "file::memory:", "file:x?mode=memory&cache=shared"})
    void shouldHoldAsMuchAsTheLimitOfACall(String path) throws Exception {
        try (Database database = Database.open(path, FOUR_MEBIBYTES)) {
            fill(database, "table", 3);

            assertThatExceptionOfType(DatabaseException.class)
                    .isThrownBy(() -> fill(database, "table if not exists", 3)).withMessageContaining("full");
            assertThat(database.query("select 1 from t", List.of()).values()).hasSize(3);
        }
    }

    @Test
    void shouldLimitTemporaryTablesOfAFile() throws Exception {
        try (Database database = Database.open(directory.resolve("file.db").toString(), FOUR_MEBIBYTES)) {
            assertThatExceptionOfType(DatabaseException.class).isThrownBy(() -> fill(database, "temp table", 6))
                    .withMessageContaining("full");
        }
    }

    @Test
    void shouldNotLimitAFile() throws Exception {
        try (Database database = Database.open(directory.resolve("file.db").toString(), FOUR_MEBIBYTES)) {
            fill(database, "table", 6);

            assertThat(database.query("select x from t limit 0", List.of()).values()).isEmpty();
        }
    }

    @Test
    void shouldNotLimitADatabaseInMemoryWithoutALimit() throws Exception {
        try (Database database = Database.open(":memory:", new Memory(0))) {
            fill(database, "table", 6);

            assertThat(database.query("select x from t limit 0", List.of()).values()).isEmpty();
        }
    }
}
