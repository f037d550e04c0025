/**
 * The admin listener: its resources, and their authentication. Nothing of it is loaded without {@code --admin-listen}.
 */
package dev.tinysse.server.admin;
