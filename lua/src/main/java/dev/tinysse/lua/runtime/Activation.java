package dev.tinysse.lua.runtime;

/**
 * A running function on the stack.
 *
 * @param code the compiled class, or the class of the built-in
 * @param function what is known of a compiled function; null for a built-in
 * @param site where it is; null for a built-in
 * @param tailCalled whether it has taken the place of the function that called it
 */
public record Activation(Class<?> code, FunctionInfo function, Site site, boolean tailCalled) {

    /** The same, called as the last act of another function. */
    Activation asTailCalled() {
        return new Activation(code, function, site, true);
    }

    /** Whether this is a function of Lua, not a built-in. */
    public boolean isLua() {
        return function != null;
    }

    /** {@code FILE:LINE: }, empty for a built-in. */
    public String position() {
        return isLua() ? function.shortSource() + ":" + site.line() + ": " : "";
    }
}
