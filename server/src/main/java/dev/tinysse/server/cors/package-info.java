/**
 * Cross-origin resource sharing: which responses a page of another origin may read.
 */
package dev.tinysse.server.cors;
