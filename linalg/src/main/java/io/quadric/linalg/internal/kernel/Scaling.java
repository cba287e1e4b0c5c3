package io.quadric.linalg.internal.kernel;

/// α and β of y ← α (a product) + β y.
///
/// Where β is between −1 and 1, and not 0, a result that is no normal number becomes 0; in a product of matrices the
/// part β y does. Entries of an average that get nothing any more would stay at the least numbers there are, and a
/// product with those takes a processor ten times as long.
public record Scaling(double alpha, double beta) {
    /// The least size of a result other than 0.
    ///
    /// @param beta β
    /// @param normal the least normal number
    public static double least(double beta, double normal) {
        return beta != 0 && Math.abs(beta) < 1 ? normal : 0;
    }

    /// x + β y, or 0 if that is no normal number of an element; with β = 0, y may be NaN.
    ///
    /// @param normal the least normal number
    public static double sum(double x, double beta, double y, double normal) {
        double sum = beta == 0 ? x : x + beta * y;
        return Math.abs(sum) < least(beta, normal) ? 0 : sum;
    }
}
