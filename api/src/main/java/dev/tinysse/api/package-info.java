/**
 * What a hook provider sees of Tiny SSE.
 *
 * <p>A provider implements {@link dev.tinysse.api.HookProvider} for a language, or a Java class, and hands out
 * {@link dev.tinysse.api.Hooks}: the functions that decide who may publish and subscribe, who receives what, and what a
 * client that comes back is sent first.
 */
package dev.tinysse.api;
