package io.quadric.linalg;

import io.quadric.linalg.internal.Kernels;

/// The matrix product C ← α A B + β C, where A and B may be transposes ([Matrix#t()]). With β = 0 the old C is not
/// read, so it may hold anything, NaN included.
///
/// ```java
/// Gemm.SET.multiply(x, w.t(), h, ws);              // h = x wᵀ
/// new Gemm(1.0 / n, 1).multiply(y.t(), x, g, ws);  // g += yᵀ x / n
/// ```
///
/// @param alpha the factor of the product
/// @param beta the factor of the old C
public record Gemm(double alpha, double beta) {
    /// C ← A B
    public static final Gemm SET = new Gemm(1, 0);

    /// C ← A B + C
    public static final Gemm ADD = new Gemm(1, 1);

    /// C ← α A B + β C
    ///
    /// @param a m × k
    /// @param b k × n
    /// @param c m × n, overwritten, not sharing elements with A or B
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or C shares its array with A or B where they
    ///     overlap
    public void multiply(GemmOperand a, GemmOperand b, Matrix c, Workspace ws) {
        if (a.columns() != b.rows() || c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("multiply: " + a.rows() + " × " + a.columns() + " times " + b.rows()
                    + " × " + b.columns() + " does not give " + c.shape());
        }
        Shapes.requireSamePrecision("multiply", a.precision(), c.precision());
        Shapes.requireSamePrecision("multiply", b.precision(), c.precision());
        Kernels.of(c.precision()).gemm(this, a, b, c, ws);
    }

    /// C ← α A Aᵀ + β C, for a symmetric C of which both triangles are written.
    ///
    /// @param a m × k
    /// @param c m × n, overwritten, not sharing elements with A or B
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree
    public void syrk(GemmOperand a, Matrix c, Workspace ws) {
        multiply(a, a.isTransposed() ? a.stored() : a.stored().t(), c, ws);
    }
}
