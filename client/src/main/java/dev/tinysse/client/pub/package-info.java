/** Publishing: what is read, one message after the other, and posted over one connection. */
package dev.tinysse.client.pub;
