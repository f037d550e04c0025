/**
 * The common parts of the packages of scripts: {@link ObjectType} makes the objects, {@link Arguments} and {@link Conversion}
 * read what scripts hand over, {@link Waiting} lets others run meanwhile.
 */
package dev.tinysse.luahooks.packages.support;
