package io.quadric.optim.hessianfree;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;

/// An orthonormal basis of a Krylov space and further vectors, which are the rows of V, with VBVᵀ.
final class KrylovBasis {
    private final Matrix vectors;
    private final Matrix projected;
    private final double spanned;
    private final Workspace ws;
    private int count;

    /// @param most the largest number of vectors
    /// @param size the size of a vector
    /// @param frame the topmost open frame, for the vectors
    KrylovBasis(Precision precision, int most, int size, Workspace.Frame frame) {
        ws = frame.workspace();
        vectors = frame.matrix(precision, most, size);
        projected = frame.matrix(precision, most, most);
        // If orthogonalisation leaves less than this of a unit vector, it lies in the span up to rounding.
        spanned = precision == Precision.FLOAT64 ? 1e-10 : 1e-4;
    }

    /// Adds P⁻¹g, (P⁻¹B)P⁻¹g, … as long as they are new.
    ///
    /// @param curvature B
    /// @param inversePreconditioner P⁻¹
    /// @param g the vector that generates the space
    /// @param dimension the largest number of vectors to add
    void addKrylov(
            SelfAdjointOperator curvature, SelfAdjointOperator inversePreconditioner, Vector g, int dimension) {
        try (var frame = ws.open()) {
            Vector product = frame.vector(g.precision(), g.size());
            Vector next = frame.vector(g.precision(), g.size());
            product.copyFrom(g);
            for (int j = 0; j < dimension; j++) {
                inversePreconditioner.apply(product, next, ws);
                if (!add(curvature, next, product)) {
                    return;
                }
            }
        }
    }

    /// Adds a vector if it is new.
    void add(SelfAdjointOperator curvature, Vector x) {
        try (var frame = ws.open()) {
            Vector next = frame.vector(x.precision(), x.size());
            Vector product = frame.vector(x.precision(), x.size());
            next.copyFrom(x);
            add(curvature, next, product);
        }
    }

    /// Adds a vector, which is overwritten, and computes its product with B; returns whether it was new.
    private boolean add(SelfAdjointOperator curvature, Vector x, Vector product) {
        double before = x.norm();
        if (!(before > 0) || !Double.isFinite(before)) {
            return false;
        }
        x.scale(1 / before);
        orthogonalise(x);
        double left = x.norm();
        if (left < spanned) {
            return false;
        }
        x.scale(1 / left);
        orthogonalise(x);
        Vector row = vectors.row(count);
        row.axpby(1 / x.norm(), x, 0);
        curvature.apply(row, product, ws);
        count++;
        Vector column = projected.row(count - 1).slice(0, count);
        Gemm.SET.multiply(rows(), product, column, ws);
        for (int i = 0; i < count - 1; i++) {
            projected.set(i, count - 1, column.get(i));
        }
        return true;
    }

    /// x ← x − VᵀVx
    private void orthogonalise(Vector x) {
        if (count == 0) {
            return;
        }
        try (var frame = ws.open()) {
            Vector coefficients = frame.vector(x.precision(), count);
            Gemm.SET.multiply(rows(), x, coefficients, ws);
            new Gemm(-1, 1).multiply(rows().t(), coefficients, x, ws);
        }
    }

    private Matrix rows() {
        return vectors.rows(0, count);
    }

    /// The number of vectors.
    int count() {
        return count;
    }

    /// VBVᵀ, a view.
    Matrix projected() {
        return projected.rows(0, count).columns(0, count);
    }

    /// a ← Vx, the coefficients of a flat vector.
    void coefficients(Vector x, Vector a) {
        Gemm.SET.multiply(rows(), x, a, ws);
    }

    /// x ← Vᵀa, the flat vector of coefficients.
    void combine(Vector a, Vector x) {
        Gemm.SET.multiply(rows().t(), a, x, ws);
    }
}
