package dev.tinysse.cluster.redis;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** A connection to Redis, on which every call has a time limit. For one thread at a time, but any may close it. */
final class EngineConnection implements AutoCloseable {
    private static final long STALE = TimeUnit.SECONDS.toNanos(1);

    private final EngineSockets sockets;
    private final Connection connection;
    private final HostAndPort host;
    private volatile long used = System.nanoTime();

    /**
     * Connects, and logs in.
     *
     * @param timeout of each call
     */
    EngineConnection(HostAndPort host, EngineAddress address, boolean login, Duration timeout) throws EngineException {
        this.host = host;
        sockets = new EngineSockets(host, address.tls(), timeout);
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .socketTimeoutMillis(Math.toIntExact(timeout.toMillis()))
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (login) {
            address.user().ifPresent(config::user);
            address.password().ifPresent(config::password);
            config.database(address.database());
        }
        try {
            connection = new Connection(sockets, config.build());
        } catch (JedisException e) {
            sockets.close();
            throw failure(e);
        }
    }

    HostAndPort host() {
        return host;
    }

    /** Whether it has not been used for so long that Redis, or a proxy, may have closed it. */
    boolean isStale() {
        return System.nanoTime() - used > STALE;
    }

    /** Calls a command. */
    Object call(ProtocolCommand command, Object... arguments) throws EngineException {
        CommandArguments call = new CommandArguments(command);
        for (Object argument : arguments) {
            call.add(argument);
        }
        return call(call);
    }

    /** Runs a script, which Redis need not know yet. */
    Object run(Script script, List<byte[]> keys, List<byte[]> arguments) throws EngineException {
        try {
            return call(arguments(Protocol.Command.EVALSHA, script.digest, keys, arguments));
        } catch (EngineException e) {
            if (!e.getMessage().startsWith("NOSCRIPT")) {
                throw e;
            }
            return call(arguments(Protocol.Command.EVAL, script.text, keys, arguments));
        }
    }

    private static CommandArguments arguments(ProtocolCommand command, byte[] script, List<byte[]> keys,
            List<byte[]> arguments) {
        CommandArguments call = new CommandArguments(command).add(script).add(keys.size());
        keys.forEach(call::add);
        arguments.forEach(call::add);
        return call;
    }

    private Object call(CommandArguments call) throws EngineException {
        try {
            Object reply = connection.executeCommand(call);
            used = System.nanoTime();
            return reply;
        } catch (JedisException e) {
            throw failure(e);
        }
    }

    /** Waits so long for the next answers. */
    void timeout(Duration timeout) {
        connection.setSoTimeout(Math.toIntExact(timeout.toMillis()));
    }

    private EngineException failure(JedisException e) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof JedisAccessControlException || text.startsWith("WRONGPASS") || text.startsWith("NOAUTH")
                || text.startsWith("ERR invalid password") || text.startsWith("ERR AUTH")
                || text.startsWith("NOPERM")) {
            return new EngineException(EngineException.Kind.LOGIN, text, e);
        }
        if (e instanceof JedisDataException) {
            return new EngineException(
                    text.startsWith("OOM") || text.contains("-OOM ")
                            ? EngineException.Kind.FULL
                            : EngineException.Kind.REPLY,
                    text, e);
        }
        boolean silent = e instanceof JedisConnectionException && e.getCause() instanceof SocketTimeoutException;
        return silent
                ? new EngineException(EngineException.Kind.SILENT, host + " does not answer", e)
                : new EngineException(EngineException.Kind.LOST, host + ": " + text, e);
    }

    static String text(Object reply) {
        return new String((byte[]) reply, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        sockets.close();
    }
}
