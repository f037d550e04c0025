/** How event logs write publications as bytes. */
package dev.tinysse.broker.codec;
