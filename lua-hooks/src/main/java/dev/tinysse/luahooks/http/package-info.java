/**
 * HTTP as scripts use it, without Lua: whole responses, redirects by the rules of browsers, one time limit over all, nothing sent
 * twice. {@link dev.tinysse.luahooks.http.HttpAgent} is the way in.
 */
package dev.tinysse.luahooks.http;
