package dev.tinysse.lua.lib.table;

import dev.tinysse.lua.lib.text.MalformedException;
import org.luaj.vm2.LuaValue;

/**
 * Sorts values by an order that a script gives, which may be inconsistent or throw. It compares the same elements in the same sequence as the
 * reference implementation does, so that elements which are equal for the order end up in the same places. For one thread.
 */
final class Sorter {
    /** Up to this size the pivot is always the middle element. */
    private static final int SMALL = 100;
    private static final int IMBALANCE = 128;

    private final LuaValue[] values;
    private final Order order;

    /** Whether one value goes before another. */
    @FunctionalInterface
    interface Order {
        boolean less(LuaValue a, LuaValue b);
    }

    private Sorter(LuaValue[] values, Order order) {
        this.values = values;
        this.order = order;
    }

    /**
     * Sorts an array in place. If the order throws, the array holds all its values still, in any sequence.
     *
     * @throws MalformedException if the order is found to contradict itself; it need not be found
     */
    static void sort(LuaValue[] values, Order order) {
        new Sorter(values, order).sort(0, values.length - 1, 0);
    }

    /** Sorts the larger part of a partition in the loop and the smaller one by recursion, which bounds the depth. */
    private void sort(int first, int last, int seed) {
        int low = first;
        int high = last;
        int random = seed;
        while (low < high) {
            int pivot = choosePivot(low, high, random);
            orderThree(low, pivot, high);
            if (high - low <= 2) {
                return;
            }
            swap(pivot, high - 1);
            pivot = partition(low, high);
            int smaller;
            if (pivot - low < high - pivot) {
                sort(low, pivot - 1, random);
                smaller = pivot - low;
                low = pivot + 1;
            } else {
                sort(pivot + 1, high, random);
                smaller = high - pivot;
                high = pivot - 1;
            }
            if ((high - low) / IMBALANCE > smaller) {
                random = (int) System.nanoTime() | 1;
            }
        }
    }

    private static int choosePivot(int low, int high, int random) {
        if (high - low < SMALL || random == 0) {
            // the reference implementation counts from 1, which matters to what the middle is
            return (low + high + 2 >>> 1) - 1;
        }
        int quarter = (high - low) / 4;
        return Integer.remainderUnsigned(random, 2 * quarter) + low + quarter;
    }

    private void orderThree(int low, int middle, int high) {
        if (order.less(values[high], values[low])) {
            swap(low, high);
        }
        if (high - low == 1) {
            return;
        }
        if (order.less(values[middle], values[low])) {
            swap(middle, low);
        } else if (order.less(values[high], values[middle])) {
            swap(middle, high);
        }
    }

    /** Brings what is less than the pivot, which is last but one, in front of it and returns where it then is. */
    private int partition(int low, int high) {
        LuaValue pivot = values[high - 1];
        int i = low;
        int j = high - 1;
        while (true) {
            while (order.less(values[++i], pivot)) {
                if (i == high - 1) {
                    throw new MalformedException("invalid order function for sorting");
                }
            }
            while (order.less(pivot, values[--j])) {
                if (j < i) {
                    throw new MalformedException("invalid order function for sorting");
                }
            }
            if (j < i) {
                swap(high - 1, i);
                return i;
            }
            swap(i, j);
        }
    }

    private void swap(int i, int j) {
        LuaValue value = values[i];
        values[i] = values[j];
        values[j] = value;
    }
}
