package dev.tinysse.jinja;

/**
 * The treatment of whitespace beside tags.
 *
 * @param keepTrailingNewline whether the last line break of a template stays; default no
 * @param trimBlocks          whether the first line break behind a block goes; default no
 * @param lstripBlocks        whether the indent before a block goes; default no
 */
public record Whitespace(boolean keepTrailingNewline, boolean trimBlocks, boolean lstripBlocks) {

    /** Only the last line break of a template goes. */
    public static final Whitespace DEFAULT = new Whitespace(false, false, false);
}
