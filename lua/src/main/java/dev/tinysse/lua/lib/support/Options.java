package dev.tinysse.lua.lib.support;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.value.Strings;

/** Arguments that are one of a few words. */
public final class Options {
    private Options() {}

    /**
     * The word that argument {@code i} is.
     *
     * @param missing what an absent argument stands for; null if it must be there
     * @param known   the words it may be
     */
    public static String check(Args args, int i, String missing, String... known) {
        String word = missing != null && args.absent(i) ? missing : Strings.text(args.string(i));
        for (String option : known) {
            if (option.equals(word)) {
                return option;
            }
        }
        throw args.error(i, "invalid option '" + word + "'");
    }
}
