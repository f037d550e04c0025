package dev.tinysse.luahooks.url;

import java.util.ArrayList;
import java.util.List;

/** Addresses of eight pieces (URL Standard, section 3.5, and RFC 5952 for how they are written). */
final class Ipv6 {

    private static final int PIECES = 8;

    private Ipv6() {}

    /** The shortest form of an address, without brackets. */
    static String normalized(String address) {
        return text(pieces(address));
    }

    private static List<Integer> pieces(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            List<Integer> pieces = part(address);
            if (pieces.size() != PIECES) {
                throw invalid();
            }
            return pieces;
        }
        List<Integer> before = gap == 0 ? List.of() : part(address.substring(0, gap));
        String rest = address.substring(gap + 2);
        List<Integer> after = rest.isEmpty() ? List.of() : part(rest);
        if (before.size() + after.size() >= PIECES) {
            throw invalid();
        }
        List<Integer> pieces = new ArrayList<>(before);
        while (pieces.size() + after.size() < PIECES) {
            pieces.add(0);
        }
        pieces.addAll(after);
        return pieces;
    }

    private static List<Integer> part(String text) {
        List<Integer> pieces = new ArrayList<>();
        String[] fields = text.split(":", -1);
        for (int i = 0; i < fields.length; i++) {
            if (i == fields.length - 1 && fields[i].indexOf('.') >= 0) {
                dotted(fields[i], pieces);
            } else if (fields[i].matches("[0-9a-fA-F]{1,4}")) {
                pieces.add(Integer.parseInt(fields[i], 16));
            } else {
                throw invalid();
            }
        }
        return pieces;
    }

    /** Four bytes at the end, which are two pieces. */
    private static void dotted(String text, List<Integer> pieces) {
        String[] bytes = text.split("\\.", -1);
        if (bytes.length != 4) {
            throw invalid();
        }
        int[] values = new int[4];
        for (int i = 0; i < values.length; i++) {
            if (!bytes[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(bytes[i]) > 0xff) {
                throw invalid();
            }
            values[i] = Integer.parseInt(bytes[i]);
        }
        pieces.add(values[0] << 8 | values[1]);
        pieces.add(values[2] << 8 | values[3]);
    }

    private static String text(List<Integer> pieces) {
        int start = 0;
        int length = 1;
        for (int i = 0; i < PIECES; i++) {
            int zeros = 0;
            while (i + zeros < PIECES && pieces.get(i + zeros) == 0) {
                zeros++;
            }
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        if (length == 1) {
            return joined(pieces);
        }
        return joined(pieces.subList(0, start)) + "::" + joined(pieces.subList(start + length, PIECES));
    }

    private static String joined(List<Integer> pieces) {
        return String.join(":", pieces.stream().map(Integer::toHexString).toList());
    }

    private static UrlException invalid() {
        return new UrlException("invalid IPv6 address");
    }
}
