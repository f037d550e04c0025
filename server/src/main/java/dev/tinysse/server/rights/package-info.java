/** Permissions to publish and subscribe to channels. */
package dev.tinysse.server.rights;
