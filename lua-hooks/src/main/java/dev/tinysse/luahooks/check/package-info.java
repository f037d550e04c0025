/** The checks of a script without a server. */
package dev.tinysse.luahooks.check;
