package dev.tinysse.history.disk;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How far a log had come when its last append began. Immutable.
 *
 * @param number of the segment that was written; 0 if none was
 * @param generation of that segment
 * @param end what is before this offset in it has been acknowledged
 * @param position the greatest that may have been given away
 * @param self the file in which this stands
 */
public record ProgressNote(int number, int generation, long end, long position, FileIdentity self) {
    static final int SIZE = 64;

    private static final long MAGIC = 0x54696E7950524F01L;
    private static final int CHECKED = 56;

    /** {@return what a new log has} */
    public static ProgressNote none() {
        return new ProgressNote(0, 0, 0, 0, new FileIdentity(0, 0));
    }

    /** {@return the same in another file} */
    public ProgressNote withSelf(FileIdentity file) {
        return new ProgressNote(number, generation, end, position, file);
    }

    /** Writes the note to a buffer of {@value #SIZE} bytes, which is then ready to be read. */
    void put(ByteBuffer bytes) {
        bytes.clear().putLong(MAGIC).putInt(number).putInt(generation).putLong(end).putLong(position)
                .putLong(self.inode()).putLong(self.born()).putLong(0);
        bytes.putInt(checksum(bytes)).putInt(0).flip();
    }

    /** {@return what stands in a buffer of {@value #SIZE} bytes; nothing if that is damaged} */
    static Optional<ProgressNote> get(ByteBuffer bytes) {
        if (bytes.getLong(0) != MAGIC || bytes.getInt(CHECKED) != checksum(bytes)) {
            return Optional.empty();
        }
        bytes.position(Long.BYTES);
        return Optional.of(new ProgressNote(bytes.getInt(), bytes.getInt(), bytes.getLong(), bytes.getLong(),
                new FileIdentity(bytes.getLong(), bytes.getLong())));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(CHECKED));
        return (int) crc.getValue();
    }
}
