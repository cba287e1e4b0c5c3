package io.quadric.linalg;

/// The element type of a [Matrix] or [Vector]. It is a property of the data, chosen once for a run.
///
/// Scalar results (dot products, norms, sums) are accumulated and returned in `double` for both.
public enum Precision {
    /// IEEE 754 binary32, for training.
    FLOAT32(Float.BYTES, Math.ulp(1.0f)),
    /// IEEE 754 binary64, for verification and ill-conditioned problems.
    FLOAT64(Double.BYTES, Math.ulp(1.0));

    private final int bytes;
    private final double epsilon;

    Precision(int bytes, double epsilon) {
        this.bytes = bytes;
        this.epsilon = epsilon;
    }

    /// {@return the number of bytes of an element}
    public int bytes() {
        return bytes;
    }

    /// {@return the distance from 1 to the next larger number of this type}
    public double epsilon() {
        return epsilon;
    }

    Object allocate(int length) {
        return switch (this) {
            case FLOAT32 -> new float[length];
            case FLOAT64 -> new double[length];
        };
    }
}
