/**
 * Cross-origin resource sharing: which answers a page of another origin may read.
 */
package dev.tinysse.server.cors;
