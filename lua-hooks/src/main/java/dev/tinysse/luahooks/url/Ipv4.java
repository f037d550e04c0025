package dev.tinysse.luahooks.url;

import java.util.Arrays;
import java.util.List;

/** Addresses of four bytes, in any of the forms that browsers take: fewer parts, octal and hexadecimal ones. */
final class Ipv4 {

    private static final int PARTS = 4;

    private Ipv4() {}

    /** Whether a domain must be such an address because its last label is a number. */
    static boolean endsInNumber(String domain) {
        List<String> labels = labels(domain);
        String last = labels.getLast();
        return last.matches("[0-9]+") || last.matches("0[xX][0-9a-fA-F]*");
    }

    private static List<String> labels(String domain) {
        List<String> labels = Arrays.asList(domain.split("\\.", -1));
        return labels.size() > 1 && labels.getLast().isEmpty() ? labels.subList(0, labels.size() - 1) : labels;
    }

    static String normalized(String domain) {
        List<String> labels = labels(domain);
        if (labels.size() > PARTS) {
            throw invalid();
        }
        long address = 0;
        for (int i = 0; i < labels.size(); i++) {
            boolean last = i == labels.size() - 1;
            int bytes = last ? PARTS - i : 1;
            long number = number(labels.get(i));
            if (number >= 1L << Byte.SIZE * bytes) {
                throw invalid();
            }
            address |= number << (last ? 0 : Byte.SIZE * (PARTS - 1 - i));
        }
        return text(address);
    }

    static String text(long address) {
        return (address >> 24 & 0xff) + "." + (address >> 16 & 0xff) + "." + (address >> 8 & 0xff) + "."
                + (address & 0xff);
    }

    private static long number(String label) {
        boolean hexadecimal = label.matches("0[xX].*");
        boolean octal = !hexadecimal && label.length() > 1 && label.startsWith("0");
        String digits = hexadecimal ? label.substring(2) : label;
        if (label.isEmpty()) {
            throw invalid();
        }
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(digits, hexadecimal ? 16 : octal ? 8 : 10) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private static UrlException invalid() {
        return new UrlException("invalid IPv4 address");
    }
}
