package io.quadric.linalg;

import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.product.BatchedProduct;
import io.quadric.linalg.internal.product.MatrixProduct;
import io.quadric.linalg.internal.product.MatrixVectorProduct;

/// The matrix product C ← α A B + β C, where A and B may be transposes ([Matrix#t()]). With β = 0 the old C is not
/// read, so it may hold anything, NaN included. With β between −1 and 1, elements of β C that are no normal numbers are
/// taken for 0.
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
    /// @throws IllegalArgumentException if shapes or precisions disagree, or C shares elements with A or B
    public void multiply(GemmOperand a, GemmOperand b, Matrix c, Workspace ws) {
        if (a.columns() != b.rows() || c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("multiply: " + a.rows() + " × " + a.columns() + " times " + b.rows()
                    + " × " + b.columns() + " does not give " + c.shape());
        }
        check("multiply", a, c);
        check("multiply", b, c);
        MatrixProduct.multiply(alpha, new Operands(a, b, c), beta, ws);
    }

    /// C ← α A Aᵀ + β C for a symmetric C, of which both triangles are written: one is computed, the other is its
    /// mirror image.
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
        MatrixProduct.multiplySymmetric(alpha, Operands.symmetric(a, transpose, c), beta, ws);
    }

    /// Cᵢ ← α Aᵢ Bᵢ + β Cᵢ for all i. The threads share the products, if they are small. If A or B is a batch of one,
    /// it takes part in every product.
    ///
    /// @param a matrices m × k
    /// @param b matrices k × n
    /// @param c matrices m × n, not transposed, overwritten, not sharing elements with A or B
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes, counts or precisions disagree, or C shares elements with A or B
    public void multiply(MatrixBatch a, MatrixBatch b, MatrixBatch c, Workspace ws) {
        boolean counts = (a.count() == 1 || a.count() == c.count()) && (b.count() == 1 || b.count() == c.count());
        boolean shapes = a.get(0).columns() == b.get(0).rows() && c.stored(0).rows() == a.get(0).rows()
                && c.stored(0).columns() == b.get(0).columns();
        if (!counts || !shapes || c.isTransposed()) {
            throw new IllegalArgumentException(
                    "multiply: " + a.shape() + " times " + b.shape() + " does not give " + c.shape());
        }
        check("multiply", a.stacked(), c.stacked());
        check("multiply", b.stacked(), c.stacked());
        new BatchedProduct(alpha, a, b, beta, c).run(ws);
    }

    /// y ← α A x + β y, accumulated in double.
    ///
    /// @param a m × n
    /// @param x n elements
    /// @param y m elements, overwritten, not sharing elements with A or x
    /// @param ws threads
    /// @throws IllegalArgumentException if sizes or precisions disagree, or y shares elements with A or x
    public void multiply(GemmOperand a, Vector x, Vector y, Workspace ws) {
        if (a.columns() != x.size() || a.rows() != y.size()) {
            throw new IllegalArgumentException("multiply: " + a.rows() + " × " + a.columns() + " times a vector of "
                    + x.size() + " elements does not give one of " + y.size());
        }
        check("multiply", a, y.asRow());
        check("multiply", x.asRow(), y.asRow());
        new MatrixVectorProduct(alpha, beta, ws).multiply(a, x, y);
    }

    /// A ← α x yᵀ + β A
    ///
    /// @param x m elements
    /// @param y n elements
    /// @param a m × n, overwritten, not sharing elements with x or y
    /// @param ws threads
    /// @throws IllegalArgumentException if sizes or precisions disagree, or A shares elements with x or y
    public void outer(Vector x, Vector y, Matrix a, Workspace ws) {
        if (a.rows() != x.size() || a.columns() != y.size()) {
            throw new IllegalArgumentException("outer: vectors of " + x.size() + " and " + y.size()
                    + " elements do not give " + a.shape());
        }
        check("outer", x.asRow(), a);
        check("outer", y.asRow(), a);
        new MatrixVectorProduct(alpha, beta, ws).outer(x, y, a);
    }

    /// C ← α A B + β C for a result that is known to be symmetric, such as the product of symmetric factors that
    /// commute: one triangle is computed and mirrored.
    ///
    /// @param a n × k
    /// @param b k × n
    /// @param c n × n, overwritten, not sharing elements with A or B
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or C shares elements with A or B
    public void multiplySymmetric(GemmOperand a, GemmOperand b, Matrix c, Workspace ws) {
        if (a.columns() != b.rows() || c.rows() != a.rows() || c.columns() != c.rows() || b.columns() != c.rows()) {
            throw new IllegalArgumentException("multiplySymmetric: " + a.rows() + " × " + a.columns() + " times "
                    + b.rows() + " × " + b.columns() + " does not give " + c.shape());
        }
        check("multiplySymmetric", a, c);
        check("multiplySymmetric", b, c);
        MatrixProduct.multiplySymmetric(alpha, Operands.symmetric(a, b, c), beta, ws);
    }

    /// C ← α S B + β C for a symmetric S of which one triangle is stored. The full S is written to scratch, and the
    /// result has the same bits as the product with it.
    ///
    /// @param s n × n
    /// @param b n × k
    /// @param c n × k, overwritten, not sharing elements with S or B
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or C shares elements with S or B
    public void symm(Symmetric s, GemmOperand b, Matrix c, Workspace ws) {
        check("symm", s.matrix(), c);
        try (var frame = ws.open()) {
            multiply(full(s, frame), b, c, ws);
        }
    }

    /// C ← α A S + β C for a symmetric S of which one triangle is stored. The full S is written to scratch, and the
    /// result has the same bits as the product with it.
    ///
    /// @param a m × n
    /// @param s n × n
    /// @param c m × n, overwritten, not sharing elements with A or S
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or C shares elements with A or S
    public void symm(GemmOperand a, Symmetric s, Matrix c, Workspace ws) {
        check("symm", s.matrix(), c);
        try (var frame = ws.open()) {
            multiply(a, full(s, frame), c, ws);
        }
    }

    private static Matrix full(Symmetric s, Workspace.Frame frame) {
        Matrix full = frame.matrix(s.precision(), s.order(), s.order());
        s.full(full, frame.workspace());
        return full;
    }

    private static void check(String operation, GemmOperand a, Matrix c) {
        Shapes.requireSamePrecision(operation, a.precision(), c.precision());
        Shapes.requireDisjoint(operation, a.stored(), c);
    }
}
