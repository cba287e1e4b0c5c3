package io.quadric.engine.prepare;

import io.quadric.engine.table.NumericColumn;

/// Figures of the numbers of a column that are not missing.
///
/// @param count how many there are
/// @param mean their mean
/// @param deviation √((1/n) Σ (x − mean)²)
/// @param least the smallest
/// @param most the largest
record ColumnStatistics(int count, double mean, double deviation, double least, double most) {
    /// Two passes, the first by running means, so that large numbers keep their digits.
    static ColumnStatistics of(NumericColumn column) {
        int count = 0;
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < column.rows(); i++) {
            double x = column.get(i);
            if (!Double.isNaN(x)) {
                count++;
                mean += (x - mean) / count;
                least = Math.min(least, x);
                most = Math.max(most, x);
            }
        }
        double squares = 0;
        for (int i = 0; i < column.rows(); i++) {
            double x = column.get(i);
            squares += Double.isNaN(x) ? 0 : (x - mean) * (x - mean);
        }
        return new ColumnStatistics(count, mean, Math.sqrt(squares / Math.max(1, count)), least, most);
    }
}
