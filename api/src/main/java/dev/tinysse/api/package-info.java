/**
 * The API of Tiny SSE for hook providers.
 *
 * <p>A provider implements {@link dev.tinysse.api.HookProvider} for a language, or a Java class, and hands out
 * {@link dev.tinysse.api.Hooks}: the functions that authorize publishers and subscribers, and decide which messages a stream receives and what a
 * client that reconnects receives first. The two interfaces say which thread calls, what may block, what may be retained and how to
 * fail; {@code docs/providers.md} has a provider from an empty folder to a running server.
 */
@NullMarked
package dev.tinysse.api;

import org.jspecify.annotations.NullMarked;
