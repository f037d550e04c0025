package dev.tinysse.lua.lib.string;

import java.util.Arrays;
import org.luaj.vm2.LuaString;

/** Plain search in strings of bytes. */
final class ByteSearch {
    private static final int WORK_PER_POLL = 1 << 20;

    private ByteSearch() {}

    /**
     * Finds {@code part} in {@code whole}.
     *
     * @param from where to begin, an index of the array behind {@code whole}
     * @param poll called now and then in a long search; what it throws ends the search
     * @return an index of that array, -1 if it is not found
     */
    static int indexOf(LuaString whole, int from, LuaString part, Runnable poll) {
        int length = part.m_length;
        if (length == 0) {
            return from;
        }
        byte[] bytes = whole.m_bytes;
        byte first = part.m_bytes[part.m_offset];
        int last = whole.m_offset + whole.m_length - length;
        int work = WORK_PER_POLL;
        for (int at = from; at <= last; at++) {
            if (bytes[at] == first) {
                if (Arrays.equals(bytes, at, at + length, part.m_bytes, part.m_offset, part.m_offset + length)) {
                    return at;
                }
                work -= length;
                if (work < 0) {
                    work = WORK_PER_POLL;
                    poll.run();
                }
            }
        }
        return -1;
    }
}
