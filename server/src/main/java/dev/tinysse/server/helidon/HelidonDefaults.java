package dev.tinysse.server.helidon;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.encoding.ContentEncodingContextConfig;
import io.helidon.http.media.MediaContext;
import io.helidon.http.media.MediaContextConfig;
import io.helidon.webserver.ListenerConfig;
import java.net.InetAddress;

/**
 * The configuration that Helidon's HTTP/1.1 requests of its listener. Helidon's builders would first make a configuration without a key, and ask that
 * for services to look for; these builders leave that step out. Any thread may call it.
 */
public final class HelidonDefaults {
    private HelidonDefaults() {}

    /** {@return readers and writers of bodies: none, since every body is read and written in bytes} */
    public static MediaContext media() {
        return MediaContext.create(new Media().buildPrototype());
    }

    /** {@return encodings of bodies: none} */
    public static ContentEncodingContext encodings() {
        return ContentEncodingContext.create(new Encodings().buildPrototype());
    }

    /** {@return limits and sizes as Helidon has them} */
    public static ListenerConfig listener() {
        return new Listener().address(InetAddress.getLoopbackAddress()).connectionOptions(SocketOptions.create())
                .buildPrototype();
    }

    private static final class Media extends MediaContextConfig.BuilderBase<Media, MediaContextConfig> {
        @Override
        public MediaContextConfig buildPrototype() {
            return new MediaContextConfigImpl(this) {
            };
        }
    }

    private static final class Encodings
            extends
                ContentEncodingContextConfig.BuilderBase<Encodings, ContentEncodingContextConfig> {
        @Override
        public ContentEncodingContextConfig buildPrototype() {
            return new ContentEncodingContextConfigImpl(this) {
            };
        }
    }

    private static final class Listener extends ListenerConfig.BuilderBase<Listener, ListenerConfig> {
        @Override
        public ListenerConfig buildPrototype() {
            return new ListenerConfigImpl(this) {
            };
        }
    }
}
