/** The admin API: its resources, their authentication, the metrics of the server, and the console, a page for operators. */
package dev.tinysse.admin;
