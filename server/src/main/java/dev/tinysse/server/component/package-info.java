/**
 * The parts of a server: each starts and stops in the same way, in the order of one list, within one time budget. The loops that parts
 * run for as long as the server runs survive errors, and one of the parts watches them.
 */
package dev.tinysse.server.component;
