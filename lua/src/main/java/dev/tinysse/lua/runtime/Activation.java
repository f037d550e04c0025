package dev.tinysse.lua.runtime;

/**
 * A running function on the stack.
 *
 * @param code the compiled class, or the class of the built-in
 * @param function what is known of a compiled function; null for a built-in
 * @param site where it is; null for a built-in
 */
public record Activation(Class<?> code, FunctionInfo function, Site site) {

    /** Whether this is a function of Lua, not a built-in. */
    public boolean isLua() {
        return function != null;
    }

    /** {@code FILE:LINE: }, empty for a built-in. */
    public String position() {
        return isLua() ? function.shortSource() + ":" + site.line() + ": " : "";
    }
}
