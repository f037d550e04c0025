/** Requests after their response, for those that count, log and trace them. */
package dev.tinysse.server.requests;
