package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// Compares products with EJML's.
final class GemmOracle {
    private GemmOracle() {}

    /// A case of the product: which operands are transposes, and the gaps between the rows of all three.
    record Layout(boolean transposeA, boolean transposeB, int gap) {
        GemmOperand a(Matrix x) {
            return operand(x, transposeA);
        }

        GemmOperand b(Matrix x) {
            return operand(x, transposeB);
        }

        private GemmOperand operand(Matrix x, boolean transpose) {
            return transpose ? Operands.inside(transposed(x), gap).t() : Operands.inside(x, gap);
        }
    }

    private static Matrix transposed(Matrix x) {
        Matrix t = Matrix.zeros(x.precision(), x.columns(), x.rows());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                t.set(j, i, x.get(i, j));
            }
        }
        return t;
    }

    private static DMatrixRMaj ejml(Matrix x) {
        return x.rows() == 0 ? new DMatrixRMaj(0, x.columns()) : new DMatrixRMaj(x.toArray());
    }

    /// |computed − exact| ≤ (k + 3) ε (|α| |A| |B| + |β| |C|), element by element (Higham, ASNA §3.5).
    static void check(Gemm gemm, Layout layout, Matrix a, Matrix b) {
        Precision precision = a.precision();
        Matrix old = Operands.gaussian(precision, a.rows(), b.columns(), 9);
        Matrix c = Operands.inside(gemm.beta() == 0 ? old.copy().fill(Double.NaN) : old, layout.gap);
        try (Workspace ws = Workspace.withThreads(2)) {
            gemm.multiply(layout.a(a), layout.b(b), c, ws);
        }
        DMatrixRMaj expected = new DMatrixRMaj(a.rows(), b.columns());
        DMatrixRMaj bound = new DMatrixRMaj(a.rows(), b.columns());
        CommonOps_DDRM.mult(gemm.alpha(), ejml(a), ejml(b), expected);
        CommonOps_DDRM.mult(Math.abs(gemm.alpha()), absolute(a), absolute(b), bound);
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double rest = gemm.beta() == 0 ? 0 : gemm.beta() * old.get(i, j);
                double tolerance = (a.columns() + 3) * precision.epsilon() * (bound.get(i, j) + Math.abs(rest));
                assertEquals(expected.get(i, j) + rest, c.get(i, j), tolerance, () -> gemm + " " + layout);
            }
        }
        assertTrue(layout.gap == 0 || nanAround(c), "wrote outside C");
    }

    private static DMatrixRMaj absolute(Matrix x) {
        DMatrixRMaj y = ejml(x);
        for (int i = 0; i < y.getNumElements(); i++) {
            y.data[i] = Math.abs(y.data[i]);
        }
        return y;
    }

    private static boolean nanAround(Matrix view) {
        boolean floats = view.precision() == Precision.FLOAT32;
        Vector array = floats ? Vector.of(view.floats()) : Vector.of(view.doubles());
        Matrix around = array.asMatrix(view.rows() + 2, view.rowStride());
        double sumWithin = view.copy().flat().sum();
        view.fill(0);
        int finite = 0;
        for (double x : around.flat().toArray()) {
            finite += Double.isNaN(x) ? 0 : 1;
        }
        return finite == view.rows() * view.columns() && !Double.isNaN(sumWithin);
    }
}
