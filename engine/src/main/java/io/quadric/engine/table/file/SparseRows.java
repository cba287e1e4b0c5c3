package io.quadric.engine.table.file;

import io.quadric.linalg.Matrix;
import java.util.Arrays;

/// Rows of which only the elements other than 0 are kept, each row with a label.
final class SparseRows {
    private final int most;
    private double[] labels = new double[1 << 8];
    private int[] ends = new int[1 << 8];
    private int[] indices = new int[1 << 12];
    private double[] values = new double[1 << 12];
    private int count;
    private int elements;
    private int largest;

    /// For indices 1 … most.
    SparseRows(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    int count() {
        return count;
    }

    /// The largest index; 0 if all elements are 0.
    int largest() {
        return largest;
    }

    double[] labels() {
        return Arrays.copyOf(labels, count);
    }

    /// Begins a row.
    void row(double label) {
        if (count == labels.length) {
            labels = Arrays.copyOf(labels, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        labels[count] = label;
        ends[count++] = elements;
    }

    /// Appends an element to the last row.
    void element(int index, double value) {
        if (elements == indices.length) {
            int grown = Math.addExact(elements, elements / 2);
            indices = Arrays.copyOf(indices, grown);
            values = Arrays.copyOf(values, grown);
        }
        indices[elements] = index;
        values[elements++] = value;
        ends[count - 1] = elements;
        largest = Math.max(largest, index);
    }

    /// Sets the elements in a matrix of zeros, index 1 in its first column.
    void copyTo(Matrix dense) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (; at < ends[i]; at++) {
                dense.set(i, indices[at] - 1, values[at]);
            }
        }
    }
}
