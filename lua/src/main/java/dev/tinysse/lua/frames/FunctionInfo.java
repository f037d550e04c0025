package dev.tinysse.lua.frames;

import java.util.List;

/**
 * The description of a compiled function in error messages and {@code debug}.
 *
 * @param chunkName the name that the chunk was loaded under, with its {@code @} or {@code =}
 * @param lineDefined the first line, 0 for a chunk
 * @param lastLineDefined the last line
 * @param parameters how many it has
 * @param vararg whether it takes more than those
 * @param upvalues the names of its upvalues
 * @param sites its places; number 1 of the class's line number table is the first
 */
public record FunctionInfo(String chunkName, int lineDefined, int lastLineDefined, List<String> parameters,
        boolean vararg,
        List<String> upvalues, List<Site> sites) {

    /** The loader of a class of a compiled function. */
    public interface Source {

        /** The function that the class of this name was compiled from. */
        FunctionInfo functionInfo(String className);
    }

    /** The place that the class's line number table calls {@code number}. */
    public Site site(int number) {
        return sites.get(number - 1);
    }

    /** The chunk's name as messages show it ({@code luaO_chunkid}). */
    public String shortSource() {
        return ChunkName.shortened(chunkName);
    }
}
