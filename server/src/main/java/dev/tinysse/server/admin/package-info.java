/**
 * The listener for operators: its resources, and who may use them. Nothing of it is loaded without {@code --admin-listen}.
 */
package dev.tinysse.server.admin;
