package io.quadric.engine.table;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// Rows chosen of rows that may be chosen themselves.
final class Selection {
    private Selection() {}

    /// The places in the source.
    static int[] of(Optional<int[]> outer, int[] rows, int sourceRows) {
        int count = outer.map(chosen -> chosen.length).orElse(sourceRows);
        for (int row : rows) {
            Objects.checkIndex(row, count);
        }
        return outer.map(chosen -> Arrays.stream(rows).map(row -> chosen[row]).toArray()).orElse(rows);
    }
}
