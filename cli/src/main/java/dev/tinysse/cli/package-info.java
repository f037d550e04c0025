/** The command line of the commands: options, mistakes, standard input and output. */
package dev.tinysse.cli;
