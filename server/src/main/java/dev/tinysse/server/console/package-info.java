/**
 * The console: a page for operators, and what it looks at beside the other resources of their listener. Nothing of it is loaded
 * without that listener.
 */
package dev.tinysse.server.console;
