/** The calls of hooks: which are made, how their failures are handled, and what has to wait for them. */
package dev.tinysse.broker.hooks;
