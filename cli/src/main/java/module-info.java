/**
 * The command line: options, errors, help, standard input and output. For modules of this project only.
 */
module dev.tinysse.cli {
    requires transitive dev.tinysse.api;
    requires info.picocli;

    exports dev.tinysse.cli;
}
