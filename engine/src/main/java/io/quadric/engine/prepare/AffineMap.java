package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.table.NumericColumn;

/// x ↦ (x − shift) · factor.
///
/// @param shift subtracted first
/// @param factor above 0
public record AffineMap(double shift, double factor) {
    /// The map that leaves numbers as they are.
    public static final AffineMap IDENTITY = new AffineMap(0, 1);

    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if they are not finite or the factor is not above 0
    public AffineMap {
        if (!Double.isFinite(shift) || !(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("shift " + shift + " and factor " + factor
                    + ", expected finite numbers and a factor above 0");
        }
    }

    /// {@return the image of a number}
    ///
    /// @param x the number
    public double apply(double x) {
        return (x - shift) * factor;
    }

    /// {@return the number whose image is given}
    ///
    /// @param y the image
    public double invert(double y) {
        return y / factor + shift;
    }

    private static boolean isBinary(NumericColumn column) {
        boolean zeros = false;
        boolean ones = false;
        for (int i = 0; i < column.rows(); i++) {
            double x = column.get(i);
            if (x != 0 && x != 1 && !Double.isNaN(x)) {
                return false;
            }
            zeros |= x == 0;
            ones |= x == 1;
        }
        return zeros && ones;
    }

    /// The map that scales the numbers of a column, missing ones left aside; those of a constant column become 0, and
    /// columns of zeros and ones stay as they are.
    static AffineMap fit(String name, NumericColumn column, Scaling scaling) {
        if (scaling == Scaling.NONE || isBinary(column)) {
            return IDENTITY;
        }
        ColumnStatistics statistics = ColumnStatistics.of(column);
        double spread = scaling == Scaling.MIN_MAX ? statistics.most() - statistics.least() : statistics.deviation();
        double shift = scaling == Scaling.MIN_MAX ? statistics.least() : statistics.mean();
        if (statistics.count() == 0) {
            return IDENTITY;
        }
        if (statistics.least() == statistics.most()) {
            return new AffineMap(statistics.least(), 1);
        }
        if (!Double.isFinite(shift) || !Double.isFinite(spread) || !(1 / spread < Double.MAX_VALUE)) {
            throw new InputException("the numbers of column '" + name + "' reach from " + statistics.least() + " to "
                    + statistics.most() + ", expected finite numbers whose squares are finite, and that differ by"
                    + " more than 1e-307");
        }
        return new AffineMap(shift, 1 / spread);
    }
}
