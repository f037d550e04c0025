/**
 * The commands {@code pub}, {@code sub} and {@code bench}: a publisher, a subscriber and a load generator, for this and any other
 * server that speaks the same HTTP.
 */
module dev.tinysse.client {
    requires dev.tinysse.cli;
    requires jakarta.json;

    provides dev.tinysse.api.Command
            with dev.tinysse.client.PubCommand, dev.tinysse.client.SubCommand, dev.tinysse.client.BenchCommand;
}
