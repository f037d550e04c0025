/** Tokens: whether they are valid, and what they say. */
package dev.tinysse.access.token;
