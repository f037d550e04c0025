/** What the commands have of the command line: options, mistakes, standard input and output. */
package dev.tinysse.client.cli;
