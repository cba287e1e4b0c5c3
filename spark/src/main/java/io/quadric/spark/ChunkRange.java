package io.quadric.spark;

import java.io.Serializable;
import java.util.Arrays;

/// Neighbouring chunks that together are a set of cases.
///
/// @param from the first chunk
/// @param to the chunk after the last one
/// @param cases of every chunk there is
/// @param weights of every chunk there is
/// @param partitions of every chunk there is, not descending
record ChunkRange(int from, int to, int[] cases, double[] weights, int[] partitions) implements Serializable {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if it is empty or there are no such chunks
    ChunkRange {
        if (from < 0 || to <= from || to > cases.length) {
            throw new IllegalArgumentException(
                    "chunks " + from + " to " + to + " of " + cases.length + ", expected at least one of them");
        }
    }

    boolean contains(int chunk) {
        return chunk >= from && chunk < to;
    }

    int count() {
        return Arrays.stream(cases, from, to).sum();
    }

    double weight() {
        return Arrays.stream(weights, from, to).sum();
    }

    double share(int chunk) {
        return weights[chunk] / weight();
    }

    ChunkRange part(int first, int end) {
        return new ChunkRange(from + first, from + end, cases, weights, partitions);
    }

    /// Those that have chunks of the range.
    int[] usedPartitions() {
        return Arrays.stream(partitions, from, to).distinct().toArray();
    }
}
