/** Routes, and what the handlers of all listeners share: they read queries and fields, and send errors. */
package dev.tinysse.server.routing;
