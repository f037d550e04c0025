package dev.tinysse.luahooks.check;

import dev.tinysse.api.Hook;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Knows what hooks are called, and what may be meant for one. */
public final class HookNames {
    private HookNames() {}

    /** The names of all hooks. */
    public static List<String> all() {
        return Arrays.stream(Hook.values()).map(HookNames::of).toList();
    }

    /** The global that holds a hook. */
    public static String of(Hook hook) {
        return hook.name().toLowerCase(Locale.ROOT);
    }

    /** The hook that is meant by a name that is almost its name. */
    public static Optional<String> meantBy(String name) {
        return Likeness.nearest(name.toLowerCase(Locale.ROOT).replace("_", ""), all())
                .filter(hook -> !hook.equals(name));
    }
}
