package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The package {@code fernet} beyond the recorded cases. */
class FernetPackageTest {

    private static final String FERNET = "local fernet = require 'fernet' local f = fernet() local t = f:encrypt('x') ";

    private final TestScripts scripts = new TestScripts(new FernetPackage(ScriptClock.SYSTEM));

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldTakeSecondsInAnyForm() {
        assertThat(scripts
                .run(FERNET + "return f:decrypt(t, 60), f:decrypt(t, 60.9), f:decrypt(t, '60'), f:decrypt(t, 1e18)"))
                .isEqualTo("x x x x");
    }

    @Test
    void shouldRefuseWhatIsNoNumberOfSeconds() {
        String prefix = "bad argument #3 to `InnerFernet.decrypt`: error converting Lua ";
        String words = "expected number or string coercible to number";
        assertThat(failureOf("f:decrypt(t, 'a')")).isEqualTo(prefix + "string to u64 (" + words + ")");
        assertThat(failureOf("f:decrypt(t, {})")).isEqualTo(prefix + "table to u64 (" + words + ")");
        assertThat(failureOf("f:decrypt(t, -1)")).isEqualTo(prefix + "integer to u64 (out of range)");
        assertThat(failureOf("f:decrypt(t, 1/0)")).isEqualTo(prefix + "number to u64 (out of range)");
        assertThat(failureOf("f:decrypt(t, 0/0)")).isEqualTo(prefix + "number to u64 (out of range)");
    }

    @Test
    void shouldEncryptStringsOnly() {
        assertThat(failureOf("f:encrypt(5)")).isEqualTo("error converting Lua integer to string (expected string)");
        assertThat(failureOf("f:encrypt()")).isEqualTo("error converting Lua nil to string (expected string)");
    }

    private String failureOf(String statement) {
        return scripts.run(FERNET + "local ok, e = pcall(function() " + statement + " end) assert(not ok) return e");
    }
}
