package io.quadric.engine.prepare;

import io.quadric.engine.table.Column;
import java.util.List;

/// What becomes of one column: one or more of the network's inputs.
public sealed interface FeatureEncoder permits NumberEncoder, CategoryEncoder {
    /// {@return the name of the column}
    String column();

    /// {@return the names of the inputs}
    List<String> outputs();

    /// Encodes rows of a column.
    ///
    /// @param from the column
    /// @param rows the first row and the one after the last
    /// @param out the first of the inputs of the first row is overwritten, and so on
    void encode(Column from, Rows rows, Block out);

    /// Encodes one value.
    ///
    /// @param value a number or a text; NaN, an empty text or null if it is missing
    /// @param out the inputs of one row
    /// @param at the position of this column's first input, overwritten
    void encode(Object value, double[] out, int at);

    /// Rows of a table.
    ///
    /// @param from the first
    /// @param to the one after the last
    record Rows(int from, int to) {}

    /// Inputs of some rows, row-major.
    ///
    /// @param values all of them
    /// @param width of a row
    /// @param at where the inputs of a column begin in a row
    record Block(double[] values, int width, int at) {
        /// {@return the place of the first one in a row}
        ///
        /// @param row counted from the first of the block
        int place(int row) {
            return row * width + at;
        }
    }
}
