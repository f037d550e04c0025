package dev.tinysse.luahooks.url;

/** Labels of domain names in the letters, digits and hyphens of ASCII (RFC 3492). */
final class Punycode {

    private static final int BASE = 36;
    private static final int MIN_THRESHOLD = 1;
    private static final int MAX_THRESHOLD = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE_POINT = 128;
    /** Far longer labels than any name server takes would cost time that grows with the square of their length. */
    private static final int MAX_LENGTH = 2000;

    private Punycode() {}

    static String encode(String label) {
        int[] input = label.codePoints().toArray();
        if (input.length > MAX_LENGTH) {
            throw UrlException.invalidDomain();
        }
        var out = new StringBuilder();
        label.codePoints().filter(c -> c < FIRST_CODE_POINT).forEach(out::appendCodePoint);
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int next = FIRST_CODE_POINT;
        int delta = 0;
        int bias = FIRST_BIAS;
        while (handled < input.length) {
            int smallest = smallestFrom(next, input);
            delta += (smallest - next) * (handled + 1);
            next = smallest;
            for (int c : input) {
                if (c < next) {
                    delta++;
                } else if (c == next) {
                    appendNumber(out, delta, bias);
                    bias = adapted(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            next++;
        }
        return out.toString();
    }

    private static int smallestFrom(int least, int[] codePoints) {
        int smallest = Integer.MAX_VALUE;
        for (int c : codePoints) {
            if (c >= least && c < smallest) {
                smallest = c;
            }
        }
        return smallest;
    }

    private static void appendNumber(StringBuilder out, int number, int bias) {
        int rest = number;
        for (int k = BASE;; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    /** Letters stand for 0 to 25, digits for 26 to 35. */
    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char digit) {
        if (digit >= 'a' && digit <= 'z') {
            return digit - 'a';
        }
        if (digit >= '0' && digit <= '9') {
            return digit - '0' + 26;
        }
        throw UrlException.invalidDomain();
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, MIN_THRESHOLD, MAX_THRESHOLD);
    }

    private static int adapted(int delta, int count, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / count;
        int k = 0;
        while (rest > (BASE - MIN_THRESHOLD) * MAX_THRESHOLD / 2) {
            rest /= BASE - MIN_THRESHOLD;
            k += BASE;
        }
        return k + (BASE - MIN_THRESHOLD + 1) * rest / (rest + SKEW);
    }

    /** @throws UrlException if it is not what {@link #encode} makes of any label */
    static String decode(String text) {
        int hyphen = text.lastIndexOf('-');
        var out = new StringBuilder(hyphen < 0 ? "" : text.substring(0, hyphen));
        if (text.length() > MAX_LENGTH || out.chars().anyMatch(c -> c >= FIRST_CODE_POINT)) {
            throw UrlException.invalidDomain();
        }
        int count = out.length();
        long codePoint = FIRST_CODE_POINT;
        int bias = FIRST_BIAS;
        long place = 0;
        int at = hyphen < 0 ? 0 : hyphen + 1;
        while (at < text.length()) {
            long before = place;
            long weight = 1;
            for (int k = BASE;; k += BASE) {
                if (at >= text.length()) {
                    throw UrlException.invalidDomain();
                }
                int digit = value(text.charAt(at++));
                place += digit * weight;
                int threshold = threshold(k, bias);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (place > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
                    throw UrlException.invalidDomain();
                }
            }
            count++;
            bias = adapted((int) (place - before), count, before == 0);
            codePoint += place / count;
            place %= count;
            if (codePoint > Character.MAX_CODE_POINT) {
                throw UrlException.invalidDomain();
            }
            out.insert(out.offsetByCodePoints(0, (int) place), Character.toString((int) codePoint));
            place++;
        }
        return out.toString();
    }
}
