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
    /// Squares of smaller differences would not be numbers of full accuracy.
    private static final double TINY = 0x1p-500;
    private static final double LIFT = 0x1p600;

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
        double unit = most - least < TINY ? LIFT : 1;
        double squares = 0;
        for (int i = 0; i < column.rows(); i++) {
            double x = column.get(i);
            squares += Double.isNaN(x) ? 0 : unit * (x - mean) * (unit * (x - mean));
        }
        return new ColumnStatistics(count, mean, Math.sqrt(squares / Math.max(1, count)) / unit, least, most);
    }
}
