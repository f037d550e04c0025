package dev.tinysse.server.accesslog;

import dev.tinysse.api.internal.JsonText;
import dev.tinysse.api.internal.OneLine;
import dev.tinysse.server.logging.LogFormat;
import dev.tinysse.server.logging.LogText;
import java.util.Locale;

/** Writes accesses as lines: as {@code name=value}, or as JSON. Safe for any thread. */
final class AccessFormat {
    private static final double NANOS_PER_MILLI = 1e6;

    private final boolean json;

    AccessFormat(LogFormat format) {
        this.json = format == LogFormat.JSON;
    }

    /** {@return the line with its end} */
    String line(Access access) {
        StringBuilder line = new StringBuilder(json ? "{" : "");
        String time = LogText.time(access.time());
        if (json) {
            text(line, "time", time);
        } else {
            line.append(time);
        }
        text(line, "address", access.address());
        text(line, "method", access.method());
        text(line, "path", access.path());
        number(line, "status", Integer.toString(access.status()));
        number(line, "duration", String.format(Locale.ROOT, "%.3f", access.nanos() / NANOS_PER_MILLI));
        access.stream().ifPresent(stream -> number(line, "messages", Long.toString(stream.messages())));
        number(line, "bytes", Long.toString(access.bytes()));
        access.stream().ifPresent(stream -> {
            number(line, "lost", Long.toString(stream.lost()));
            text(line, "reason", stream.reason());
        });
        access.sub().ifPresent(sub -> text(line, "sub", sub));
        access.traceparent().ifPresent(parent -> text(line, "traceparent", parent));
        return line.append(json ? "}\n" : "\n").toString();
    }

    private void text(StringBuilder line, String name, String value) {
        name(line, name);
        line.append(!json && isPlain(value) ? value : quoted(value));
    }

    private void number(StringBuilder line, String name, String value) {
        name(line, name);
        line.append(value);
    }

    private void name(StringBuilder line, String name) {
        if (json) {
            line.append(line.length() > 1 ? "," : "").append('"').append(name).append("\":");
        } else {
            line.append(' ').append(name).append('=');
        }
    }

    private static boolean isPlain(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '=' && c != '\\');
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder();
        JsonText.appendString(quoted, value);
        return OneLine.of(quoted.toString());
    }
}
