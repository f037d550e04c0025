package dev.tinysse.cluster.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes the socket of one connection, which can be closed while somebody reads from it. Makes it once: a second one would have neither
 * the login nor the database of the first, and a replica that confirms what it has written would confirm nothing.
 */
final class EngineSockets implements JedisSocketFactory {
    private final HostAndPort host;
    private final boolean tls;
    private final int timeout;
    private volatile Socket socket;

    EngineSockets(HostAndPort host, boolean tls, Duration timeout) {
        this.host = host;
        this.tls = tls;
        this.timeout = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public Socket createSocket() {
        if (socket != null) {
            throw new JedisConnectionException("the connection is closed");
        }
        Socket plain = new Socket();
        socket = plain;
        try {
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            plain.connect(new InetSocketAddress(host.getHost(), host.getPort()), timeout);
            plain.setSoTimeout(timeout);
            return tls ? encrypted(plain) : plain;
        } catch (UnknownHostException e) {
            close();
            throw new JedisConnectionException("unknown host", e);
        } catch (IOException e) {
            close();
            throw new JedisConnectionException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private Socket encrypted(Socket plain) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket encrypted = (SSLSocket) factory.createSocket(plain, host.getHost(), host.getPort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    void close() {
        Socket made = socket;
        if (made != null) {
            try {
                made.close();
            } catch (IOException e) {
                // it is of no use any more
            }
        }
    }
}
