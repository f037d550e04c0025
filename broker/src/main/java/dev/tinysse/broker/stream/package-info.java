/** What a stream is made of as its owner sees it: how it behaves, what is written to it, and who is notified of its end. */
package dev.tinysse.broker.stream;
