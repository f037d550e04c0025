package dev.tinysse.broker.log;

/**
 * A pattern for names of channels.
 *
 * @param text as {@link dev.tinysse.api.ChannelName} describes it
 */
public record ChannelPattern(String text) {
    /**
     * Whether the pattern matches a name.
     *
     * @param name of a channel
     * @return whether each segment does
     */
    public boolean matches(String name) {
        int at = 0;
        int from = 0;
        while (true) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            if (dot < 0 && to - from == 2 && text.startsWith("**", from)) {
                return at < name.length();
            }
            int nameDot = name.indexOf('.', at);
            int nameTo = nameDot < 0 ? name.length() : nameDot;
            boolean any = to - from == 1 && text.charAt(from) == '*';
            if (at >= name.length()
                    || !any && !(to - from == nameTo - at && text.regionMatches(from, name, at, to - from))) {
                return false;
            }
            if (dot < 0 || nameDot < 0) {
                return dot < 0 && nameDot < 0;
            }
            from = dot + 1;
            at = nameDot + 1;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
