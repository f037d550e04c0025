package dev.tinysse.lua.value;

import java.util.Arrays;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The array of a table, for the keys 1 to n. Keys move here from the hash as soon as they follow the last one. */
abstract class ArrayPart extends HashPart {

    static final int ELEMENT_BYTES = 4;

    LuaValue[] array = NOVALS;
    /** The keys 1 to count are in the array, and none of them is in the hash; the last of them is not nil. */
    int count;

    ArrayPart(Meter meter) {
        super(meter);
    }

    /** Makes room for {@code elements} in an empty array, which is already counted. */
    final void reserveArray(int elements) {
        if (elements > 0) {
            array = new LuaValue[elements];
        }
    }

    final void shrink() {
        int n = count;
        while (n > 0 && array[n - 1] == NIL) {
            n--;
        }
        count = n;
    }

    final void append(LuaValue value) {
        long key = count + 1L;
        if (count == array.length && !grow()) {
            hashPut(LuaInteger.of(key), value);
            return;
        }
        array[count++] = value;
        if (!hashEmpty()) {
            migrate();
        }
    }

    /**
     * Moves up the elements from a position to the end and puts a value, not nil, in its place.
     *
     * @return false if nothing was done because they are not all in the array
     */
    public final boolean insert(long position, LuaValue value) {
        if (!inArray(position) || value == NIL || count == array.length && !grow()) {
            return false;
        }
        int at = (int) position - 1;
        System.arraycopy(array, at, array, at + 1, count - at);
        array[at] = value;
        count++;
        return true;
    }

    /**
     * Takes out an element and moves down those behind it.
     *
     * @return the element; null if nothing was done because they are not all in the array
     */
    public final LuaValue remove(long position) {
        if (!inArray(position)) {
            return null;
        }
        int at = (int) position - 1;
        LuaValue removed = array[at];
        System.arraycopy(array, at + 1, array, at, count - at - 1);
        array[count - 1] = NIL;
        shrink();
        return removed;
    }

    private boolean inArray(long position) {
        return position >= 1 && position <= count && (hashEmpty() || hashGet(count + 1L) == NIL);
    }

    /** Doubles the array; an array of mostly nil moves to the hash instead. */
    private boolean grow() {
        int live = 0;
        for (int i = 0; i < count; i++) {
            if (array[i] != NIL) {
                live++;
            }
        }
        if (count > 16 && live < count / 4) {
            LuaValue[] moved = array;
            int length = count;
            array = NOVALS;
            count = 0;
            for (int i = 0; i < length; i++) {
                hashPut(LuaInteger.of(i + 1L), moved[i]);
            }
            return false;
        }
        resizeArray(Math.max(4, count + (count >> 1) + (count >> 2)));
        return true;
    }

    private void resizeArray(int capacity) {
        charge((long) capacity * ELEMENT_BYTES);
        array = Arrays.copyOf(array, capacity);
    }

    /** Moves the keys that follow the array out of the hash. */
    private void migrate() {
        while (true) {
            long key = count + 1L;
            LuaValue value = hashGet(key);
            if (value == NIL) {
                return;
            }
            if (count == array.length && !grow()) {
                return;
            }
            hashRemove(key);
            array[count++] = value;
        }
    }

    final long linearBorder() {
        long n = count + 1L;
        while (hashGet(n + 1) != NIL) {
            n++;
        }
        return n;
    }

    /**
     * Sets an element of a new table; elements come in order. Unlike {@link Table#rawset(long, LuaValue)} this puts nil in the
     * array too, so that the length of {@code {1, nil, 3}} is 3.
     */
    public final void element(int index, LuaValue value) {
        if (index > array.length + 1) { // it has become too sparse for an array
            hashPut(LuaInteger.of(index), value);
            return;
        }
        if (index > array.length) {
            resizeArray(Math.max(index, 2 * array.length));
        }
        array[index - 1] = value;
        if (!hashEmpty()) {
            leaveHash(value == NIL ? index : count + 1, index);
        }
        if (value != NIL) {
            count = Math.max(count, index);
            if (!hashEmpty()) {
                migrate();
            }
        } else if (index == count) {
            shrink();
        }
    }

    /** Takes keys out of the hash that a constructor has given beside its elements; the last is an element, which counts. */
    private void leaveHash(int first, int last) {
        for (int key = first; key <= last; key++) {
            if (find(LuaInteger.of(key)) >= 0) {
                array[key - 1] = key < last ? hashGet((long) key) : array[key - 1];
                hashRemove(key);
            }
        }
    }

    /** Sets elements of a new table from {@code first} on. */
    public final void elements(int first, Varargs values) {
        int n = values.narg();
        if (first + n - 1 > array.length) {
            resizeArray(first + n - 1);
        }
        for (int i = 0; i < n; i++) {
            element(first + i, values.arg(i + 1));
        }
    }

    /** A border among the keys of this part. */
    final long arrayBorder() {
        if (hashEmpty() || hashGet(count + 1L) == NIL) {
            return count;
        }
        long low = count + 1L;
        long high = low;
        do {
            low = high;
            if (high > Long.MAX_VALUE / 2) {
                return linearBorder();
            }
            high *= 2;
        } while (hashGet(high) != NIL);
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (hashGet(middle) == NIL) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }
}
