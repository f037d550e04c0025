/** Who may publish and subscribe to which channels. */
package dev.tinysse.server.rights;
