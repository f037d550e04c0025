/** What can be said of a script without starting a server. */
package dev.tinysse.luahooks.check;
