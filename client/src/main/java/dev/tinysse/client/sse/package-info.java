/** Event streams as clients read them. */
package dev.tinysse.client.sse;
