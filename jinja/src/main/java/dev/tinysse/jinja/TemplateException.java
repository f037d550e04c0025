package dev.tinysse.jinja;

/** A template that cannot be parsed, found or rendered. The message says why, and in which template and line. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean located;

    private TemplateException(String message, boolean located) {
        super(message);
        this.located = located;
    }

    private static TemplateException of(String kind, String detail) {
        return new TemplateException(kind + ": " + detail, false);
    }

    static TemplateException syntax(String detail) {
        return of("syntax error", detail);
    }

    static TemplateException invalid(String detail) {
        return of("invalid operation", detail);
    }

    static TemplateException invalid() {
        return new TemplateException("invalid operation", false);
    }

    static TemplateException undefined() {
        return new TemplateException("undefined value", false);
    }

    static TemplateException notFound(String detail) {
        return of("template not found", detail);
    }

    static TemplateException missingArgument() {
        return new TemplateException("missing argument", false);
    }

    static TemplateException missingArgument(String detail) {
        return of("missing argument", detail);
    }

    static TemplateException tooManyArguments() {
        return new TemplateException("too many arguments", false);
    }

    static TemplateException tooManyArguments(String detail) {
        return of("too many arguments", detail);
    }

    static TemplateException unpack(String detail) {
        return of("cannot unpack", detail);
    }

    static TemplateException badEscape() {
        return new TemplateException("bad string escape", false);
    }

    static TemplateException unknown(String what) {
        return new TemplateException("unknown " + what, false);
    }

    static TemplateException unknown(String what, String detail) {
        return of("unknown " + what, detail);
    }

    static TemplateException unknownMethod(Kind kind, String name) {
        return unknown("method", kind.label() + " has no method named " + name);
    }

    static TemplateException unusable(String detail) {
        return of("could not serialize to value", detail);
    }

    static TemplateException tooDeep() {
        return invalid("recursion limit exceeded");
    }

    /** Puts a place behind the message, unless an inner place is known already. */
    TemplateException at(String template, int line) {
        return located ? this : locate(getMessage(), template, line);
    }

    /** An error of a part as the error of the whole: what the whole was doing comes first. */
    TemplateException within(String kind, String detail, String template, int line) {
        return locate(kind + ": " + detail, template, line, getMessage());
    }

    private static TemplateException locate(String message, String template, int line) {
        return new TemplateException(message + " (in " + template + ":" + line + ")", true);
    }

    private static TemplateException locate(String message, String template, int line, String cause) {
        return new TemplateException(locate(message, template, line).getMessage() + ": " + cause, true);
    }
}
