/**
 * The packages that scripts {@code require}, one class each, and what they have in common: {@link ObjectType} makes the
 * objects, {@link Arguments} and {@link Conversion} read what scripts hand over.
 */
package dev.tinysse.luahooks.packages;
