package dev.tinysse.lua.frames;

import java.util.List;

/**
 * A running function on the stack.
 *
 * @param code the compiled class, or the class of the built-in
 * @param function what is known of a compiled function; null for a built-in
 * @param site where it is; null for a built-in
 * @param tailCalled whether it has taken the place of the function that called it
 * @param inside the Java classes at work inside of a built-in, innermost first; empty for a function of Lua
 */
public record Activation(Class<?> code, FunctionInfo function, Site site, boolean tailCalled, List<Class<?>> inside) {

    static Activation ofCompiled(Class<?> code, FunctionInfo function, Site site) {
        return new Activation(code, function, site, false, List.of());
    }

    static Activation ofBuiltin(Class<?> code, List<Class<?>> inside) {
        return new Activation(code, null, null, false, inside);
    }

    /** The same, called as the last act of another function. */
    Activation asTailCalled() {
        return new Activation(code, function, site, true, inside);
    }

    /** Whether this is a function of Lua, not a built-in. */
    public boolean isLua() {
        return function != null;
    }

    /** {@code FILE:LINE: }, empty for a built-in. */
    public String position() {
        return isLua() ? function.shortSource() + ":" + site.line() + ": " : "";
    }

    /** Whether {@code owner}, or a class that it is nested with, is at work inside of this built-in. */
    public boolean isInside(Class<?> owner) {
        return inside.stream().anyMatch(running -> running.getNestHost() == owner.getNestHost());
    }
}
