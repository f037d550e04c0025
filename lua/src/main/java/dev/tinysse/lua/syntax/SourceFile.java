package dev.tinysse.lua.syntax;

import java.util.Arrays;

/** The bytes in front of a chunk in a file. */
public final class SourceFile {

    private SourceFile() {}

    /** The chunk in a file, without a byte order mark and the text of a first line that begins with {@code #}. */
    public static byte[] chunk(byte[] file) {
        int start = hasMark(file) ? 3 : 0;
        if (start < file.length && file[start] == '#') {
            while (start < file.length && file[start] != '\n') {
                start++;
            }
        }
        return start == 0 ? file : Arrays.copyOfRange(file, start, file.length);
    }

    private static boolean hasMark(byte[] file) {
        return file.length >= 3 && (file[0] & 0xff) == 0xef && (file[1] & 0xff) == 0xbb && (file[2] & 0xff) == 0xbf;
    }
}
