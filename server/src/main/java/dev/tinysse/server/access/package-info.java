/** Who may publish and subscribe: what requests bring to prove it, and what they get if they may not. */
package dev.tinysse.server.access;
