package io.quadric.engine.table;

import java.util.function.Consumer;

/// Takes a long table some rows at a time.
///
/// @param rows the most rows at a time
/// @param each takes the next rows, at least one
public record Blocks(int rows, Consumer<Table> each) {
    /// Checks the number.
    ///
    /// @throws IllegalArgumentException if it is below 1
    public Blocks {
        if (rows < 1) {
            throw new IllegalArgumentException(rows + " rows at a time, expected at least 1");
        }
    }
}
