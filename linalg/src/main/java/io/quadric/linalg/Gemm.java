package io.quadric.linalg;

import io.quadric.linalg.internal.BlockedGemm.Operands;
import io.quadric.linalg.internal.KernelProvider;

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
        check("multiply", a, c);
        check("multiply", b, c);
        KernelProvider.multiply(this, new Operands(a, b, c, false), ws);
    }

    /// C ← α A Aᵀ + β C, for a symmetric C of which both triangles are written. It computes one triangle and mirrors
    /// it.
    ///
    /// @param a n × k
    /// @param c n × n, overwritten, not sharing elements with A
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or C shares elements with A
    public void syrk(GemmOperand a, Matrix c, Workspace ws) {
        if (c.rows() != a.rows() || c.columns() != a.rows()) {
            throw new IllegalArgumentException(
                    "syrk: " + a.rows() + " × " + a.columns() + " times its transpose does not"
                            + " give " + c.shape());
        }
        check("syrk", a, c);
        GemmOperand transpose = a.isTransposed() ? a.stored() : a.stored().t();
        KernelProvider.multiply(this, new Operands(a, transpose, c, true), ws);
        KernelProvider.mirror(c, ws);
    }

    private static void check(String operation, GemmOperand a, Matrix c) {
        Shapes.requireSamePrecision(operation, a.precision(), c.precision());
        Shapes.requireDisjoint(operation, a.stored(), c);
    }
}
