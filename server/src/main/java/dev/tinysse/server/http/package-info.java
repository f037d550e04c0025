/**
 * The HTTP API: which path and method do what, how a message is posted, and how a stream is requested.
 */
package dev.tinysse.server.http;
