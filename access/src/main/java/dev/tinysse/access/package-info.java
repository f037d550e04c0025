/** Authentication of requests, and authorization: tokens and API keys. */
package dev.tinysse.access;
