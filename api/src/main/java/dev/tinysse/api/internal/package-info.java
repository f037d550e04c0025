/**
 * Helpers that several modules of Tiny SSE share. Not for providers: it changes without notice, and is
 * not part of the compatible API.
 */
@NullMarked
package dev.tinysse.api.internal;

import org.jspecify.annotations.NullMarked;
