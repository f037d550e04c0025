package dev.tinysse.server.access.command;

/** A command failed. The text is for the user. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    final int status;

    /** A wrong use. */
    static CommandException usage(String message) {
        return new CommandException(2, message);
    }

    /** A failure. */
    static CommandException failed(String message) {
        return new CommandException(1, message);
    }

    private CommandException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }
}
