package dev.tinysse.server.console;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.server.settings.EffectiveOptions;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The parts of the console; each part is safe for any thread.
 *
 * @param options what holds for each option
 * @param figures the server's own, as an object of JSON
 * @param watch tells of each message of channels, until what it returns is run
 * @param withToken whether operators have to send a token
 * @param node name of the server
 * @param version of the server
 */
public record ConsoleParts(EffectiveOptions options, Supplier<String> figures,
        BiFunction<ChannelSet, Consumer<Publication>, Runnable> watch, boolean withToken, String node,
        String version) {}
