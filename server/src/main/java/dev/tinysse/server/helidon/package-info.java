/** The configuration of Helidon, made without its search for services and for a configuration of its own. */
package dev.tinysse.server.helidon;
