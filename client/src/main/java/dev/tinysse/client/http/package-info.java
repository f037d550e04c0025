/** HTTP/1.1 as the commands need it: one connection, one request at a time, and bodies of responses as they come. */
package dev.tinysse.client.http;
