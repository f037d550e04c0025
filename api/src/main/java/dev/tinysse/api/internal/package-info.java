/**
 * What several modules of Tiny SSE need and none should write again. Not for providers: it changes without notice, and is
 * not part of the compatible API.
 */
package dev.tinysse.api.internal;
