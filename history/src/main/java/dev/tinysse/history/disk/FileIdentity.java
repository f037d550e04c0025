package dev.tinysse.history.disk;

/**
 * The difference between a file and a copy of it.
 *
 * @param inode its number in the file system
 * @param born when it was made, in nanoseconds; 0 if the file system does not say
 */
public record FileIdentity(long inode, long born) {
    public boolean isSame(FileIdentity other) {
        return inode == other.inode && (born == other.born || born == 0 || other.born == 0);
    }
}
