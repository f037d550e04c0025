/** How much memory the calls of scripts hold: read off the heap, and now and then by a full collection. */
package dev.tinysse.lua.memory;
