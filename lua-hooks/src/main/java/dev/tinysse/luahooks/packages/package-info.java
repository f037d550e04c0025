/** The packages that scripts {@code require}, one class each; what they have in common is in {@code support}. */
package dev.tinysse.luahooks.packages;
