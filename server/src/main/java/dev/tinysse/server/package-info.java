/**
 * The program: from the command line to a running {@code Server}, which puts broker, HTTP and script together, and ends them so
 * that nothing that was acknowledged is lost.
 */
package dev.tinysse.server;
