/**
 * The bodies of publishers: a form, JSON or JSON lines, decoded into messages.
 */
package dev.tinysse.server.body;
