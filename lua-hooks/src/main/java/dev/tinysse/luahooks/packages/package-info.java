/**
 * The packages that scripts {@code require}, one class each, and their values in Lua; what they have in common is in {@code support}.
 * The parts that need no Lua are beside this package: {@code base64}, {@code fernet}, {@code http}, {@code sqlite}, {@code url} and
 * {@code uuid}; templates are a module, {@code jinja}.
 */
package dev.tinysse.luahooks.packages;
