/** The access log: a line for each request when its response has been sent, and for each stream when it ends. */
package dev.tinysse.server.accesslog;
