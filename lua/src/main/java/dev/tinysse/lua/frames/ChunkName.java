package dev.tinysse.lua.frames;

/** How messages show the name of a chunk (reference manual §4.7, {@code lua_Debug.short_src}). */
public final class ChunkName {

    private static final int MAX_LENGTH = 59;

    private ChunkName() {}

    /** {@code name} without its {@code @} or {@code =}, or as {@code [string "…"]}; at most 59 characters. */
    public static String shortened(String name) {
        if (name.startsWith("=")) {
            return name.substring(1, Math.min(name.length(), MAX_LENGTH + 1));
        }
        if (name.startsWith("@")) {
            String path = name.substring(1);
            return path.length() <= MAX_LENGTH ? path : "..." + path.substring(path.length() - MAX_LENGTH + 3);
        }
        int lineEnd = name.indexOf('\n');
        String line = lineEnd < 0 ? name : name.substring(0, lineEnd);
        int room = MAX_LENGTH - "[string \"\"]".length();
        if (lineEnd < 0 && line.length() <= room) {
            return "[string \"" + line + "\"]";
        }
        int kept = Math.min(line.length(), room - 3);
        return "[string \"" + line.substring(0, kept) + "...\"]";
    }
}
