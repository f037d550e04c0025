package dev.tinysse.luahooks.url;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * International domain names in ASCII (UTS 46, non-transitional: {@code ß} and {@code ς} stay what they are, which
 * {@link java.net.IDN} does not do). Case and compatibility forms are folded; the tables of characters that are not
 * allowed are those of the Java platform, so a name made of unassigned characters is refused.
 */
final class Idna {

    private static final String PREFIX = "xn--";
    private static final String DOTS = "[\u3002\uff0e\uff61]";

    /** Joiners belong behind the signs of Indic scripts that cut off a vowel, and nowhere else. */
    private static final Pattern STRAY_JOINER = Pattern.compile("(?<![\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd"
            + "\\u0c4d\\u0ccd\\u0d4d\\u0dca\\u0e3a\\u0f84\\u1039\\u17d2])[\\u200c\\u200d]");

    private Idna() {}

    /** @throws UrlException if it is no domain name */
    static String toAscii(String domain) {
        if (domain.chars().allMatch(c -> c < 128) && !domain.toLowerCase(Locale.ROOT).contains(PREFIX)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        List<String> labels = new ArrayList<>();
        for (String label : mapped(domain).split("\\.", -1)) {
            labels.add(label(label));
        }
        return String.join(".", labels);
    }

    private static String mapped(String domain) {
        String visible = domain.replaceAll("[\u00ad\u200b\u2060\ufeff\ufe00-\ufe0f]", "").replaceAll(DOTS, ".");
        String folded = Normalizer.normalize(visible, Normalizer.Form.NFKC).replace("\u1e9e", "\u00df")
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC).replaceAll(DOTS, ".");
    }

    private static String label(String label) {
        if (label.startsWith(PREFIX)) {
            String decoded = Punycode.decode(label.substring(PREFIX.length()));
            if (decoded.isEmpty() || decoded.chars().allMatch(c -> c < 128) || !decoded.equals(mapped(decoded))) {
                throw UrlException.invalidDomain();
            }
            check(decoded);
            return label;
        }
        check(label);
        return label.chars().allMatch(c -> c < 128) ? label : PREFIX + Punycode.encode(label);
    }

    private static void check(String label) {
        boolean bad = label.codePoints().anyMatch(c -> c >= 128 && switch (Character.getType(c)) {
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE, Character.CONTROL,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR ->
                true;
            default -> c == 0xfffd;
        });
        if (bad || STRAY_JOINER.matcher(label).find() || !label.isEmpty() && isMark(label.codePointAt(0))) {
            throw UrlException.invalidDomain();
        }
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
