package dev.tinysse.broker.stream;

/**
 * Makes smaller frames of those of a {@link StreamFormat}. A frame that streams share is compressed once for all of them: what it
 * becomes does not depend on what a stream has been sent before. Its methods are for fan-out threads, any of them.
 */
public interface StreamCompression {
    /**
     * Compresses a frame that streams share.
     *
     * @param frame of the format
     * @return the same, compressed
     */
    Frame compress(byte[] frame);

    /** {@return a stream that nothing has been sent on} */
    Encoder encoder();

    /** A compressed frame. Immutable, but that nobody changes its bytes. */
    interface Frame {
        /** {@return the bytes, as they go onto the wire} */
        byte[] bytes();
    }

    /** The input of the compression of one stream. For its fan-out thread alone; frames are to be passed in the order in which they are sent. */
    interface Encoder {
        /** {@return what comes first, behind the head of the response} */
        byte[] begin();

        /**
         * A frame that streams share is sent.
         *
         * @param frame of the same compression
         */
        void append(Frame frame);

        /**
         * A frame that is for this stream alone is sent.
         *
         * @param frame of the format
         * @return the same, compressed
         */
        byte[] append(byte[] frame);

        /**
         * The last bytes are sent.
         *
         * @param end of the format: a frame or none, and whatever ends the stream
         * @return the same, compressed
         */
        byte[] end(byte[] end);
    }
}
