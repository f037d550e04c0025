/** What the server asks of the module {@code dev.tinysse.admin}. It is loaded only with {@code --admin-listen}. */
package dev.tinysse.server.admin;
