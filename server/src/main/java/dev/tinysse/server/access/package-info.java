/** Authentication and authorization: the credentials of requests, and the responses to those that lack permission. */
package dev.tinysse.server.access;
