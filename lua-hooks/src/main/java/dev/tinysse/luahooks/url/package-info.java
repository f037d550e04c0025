/**
 * Addresses as the URL Standard of the WHATWG has them: {@link dev.tinysse.luahooks.url.Url} takes them apart and puts
 * them together, {@link dev.tinysse.luahooks.url.UrlBuilder} makes them of parts,
 * {@link dev.tinysse.luahooks.url.FormPairs} reads and writes what stands behind the question mark.
 */
package dev.tinysse.luahooks.url;
