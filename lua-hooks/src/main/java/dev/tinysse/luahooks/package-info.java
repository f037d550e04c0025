/** The hook provider for scripts in Lua. */
package dev.tinysse.luahooks;
