package dev.tinysse.api.tck;

import dev.tinysse.api.HookProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every provider for a scripting language. A provider is checked by a class in its tests:
 * {@snippet :
 * class MyLanguageContractTest extends HookProviderContract {
 *     @Override
 *     protected HookProvider provider() {
 *         return new MyLanguageProvider();
 *     }
 * }}
 * and by a script for each {@link Behaviour} beside it, in the folder {@code contract} of the test resources:
 * {@code contract/pass-on.EXT} for {@link Behaviour#PASS_ON}, where {@code EXT} is an extension of the provider.
 *
 * <p>Scripts for optional behaviours may be left out; their tests then are reported as skipped. The kit needs JUnit 5 alone.
 */
public abstract class HookProviderContract
        implements
            LoadingContract,
            ResultsContract,
            RefusalContract,
            SnapshotContract,
            ChannelsContract,
            AuthContract,
            HistoryContract,
            FailureContract,
            ManyCallersContract,
            LimitsContract {
    @TempDir
    private Path folder;
    private ScriptRig rig;

    /** {@return the provider to check, a new one each time} */
    protected abstract HookProvider provider();

    /**
     * The script that shows a behaviour.
     *
     * @param behaviour which
     * @param extension an extension of the provider
     * @return its source, by default the resource {@code contract/FILE-NAME.EXTENSION}; nothing if there is none
     * @throws IOException if it cannot be read
     */
    protected Optional<String> source(Behaviour behaviour, String extension) throws IOException {
        String resource = "/contract/" + behaviour.fileName() + "." + extension;
        try (InputStream in = getClass().getResourceAsStream(resource)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    final void begin() {
        rig = new ScriptRig(provider(), this::source, folder);
    }

    @AfterEach
    final void end() throws Exception {
        rig.close();
    }

    @Override
    public final ScriptRig rig() {
        return rig;
    }
}
