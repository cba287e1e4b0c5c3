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

    /// The value, or 0 if it is smaller than the least.
    public static double atLeast(double least, double value) {
        return Math.abs(value) < least ? 0 : value;
    }
}
