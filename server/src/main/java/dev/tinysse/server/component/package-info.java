/** The parts of a server: each starts and stops in the same way, in the order of one list, within one time budget. */
package dev.tinysse.server.component;
