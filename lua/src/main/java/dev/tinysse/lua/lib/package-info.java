/**
 * The standard libraries of Lua 5.4, a package for each of them. {@link dev.tinysse.lua.lib.StandardLibraries} opens all of
 * them; {@code support} has what several share, {@code text}, {@code pattern} and {@code time} know nothing of the engine.
 */
package dev.tinysse.lua.lib;
