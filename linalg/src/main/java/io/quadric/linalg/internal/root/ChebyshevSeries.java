package io.quadric.linalg.internal.root;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.product.MatrixProduct;

/// Σ_{j≤d} cⱼ Tⱼ(X) for a symmetric X with eigenvalues in [−1, 1], with the fewest products of matrices (Paterson &
/// Stockmeyer 1973, here in Chebyshev polynomials): for d = r s it is Σ_{i≤r} Bᵢ Tᵢ(Y), where Y = T_s(X) and the Bᵢ
/// combine T₀(X), …, T_{s−1}(X), by Clenshaw's recurrence in Y. That takes s − 1 and r − 1 products.
final class ChebyshevSeries {
    private final Matrix x;
    private final double[][] blocks;
    private final Matrix[] powers;

    private ChebyshevSeries(double[] coefficients, Matrix x, int s) {
        this.x = x;
        blocks = blocks(coefficients, s);
        powers = new Matrix[s + 1];
    }

    /// The s for a degree, which it divides.
    private static int block(int degree) {
        int s = degree > 9 ? 4 : degree > 6 ? 3 : degree > 1 ? 2 : 1;
        if (degree < 1 || degree % s != 0) {
            throw new IllegalArgumentException("no block size divides degree " + degree);
        }
        return s;
    }

    /// @param coefficients c₀, …, c_d; d is 1, 2, 4, 6, 9 or another multiple of 4
    /// @param x n × n, both triangles
    /// @param out n × n, overwritten
    static void evaluate(double[] coefficients, Matrix x, Matrix out, Workspace ws) {
        try (var frame = ws.open()) {
            int n = x.rows();
            ChebyshevSeries series = new ChebyshevSeries(coefficients, x, block(coefficients.length - 1));
            Matrix[] sums = {out, frame.matrix(x.precision(), n, n), frame.matrix(x.precision(), n, n)};
            series.chebyshev(frame);
            series.clenshaw(sums, ws);
        }
    }

    /// From 2 Tⱼ T_{si} = T_{si+j} + T_{si−j}: the coefficients of Bᵢ are 2 c_{si+j}, and c_{si−j} loses c_{si+j}.
    private static double[][] blocks(double[] coefficients, int s) {
        double[] c = coefficients.clone();
        int r = (c.length - 1) / s;
        double[][] blocks = new double[r + 1][s];
        blocks[r][0] = c[r * s];
        for (int i = r - 1; i >= 0; i--) {
            for (int j = s - 1; j > 0; j--) {
                blocks[i][j] = (i == 0 ? 1 : 2) * c[i * s + j];
                if (i > 0) {
                    c[i * s - j] -= c[i * s + j];
                }
            }
            blocks[i][0] = c[i * s];
        }
        return blocks;
    }

    /// T_{i+j} = 2 Tᵢ Tⱼ − T_{i−j}
    private void chebyshev(Workspace.Frame frame) {
        int n = x.rows();
        powers[1] = x;
        for (int k = 2; k < powers.length; k++) {
            powers[k] = frame.matrix(x.precision(), n, n);
            if (k % 2 == 0) {
                powers[k].fill(0).addToDiagonal(-1);
            } else {
                powers[k].axpby(-1, x, 0);
            }
            Operands product = Operands.symmetric(powers[(k + 1) / 2], powers[k / 2], powers[k]);
            MatrixProduct.multiplySymmetric(2, product, 1, frame.workspace());
        }
    }

    /// Sᵢ = Bᵢ + 2 Y Sᵢ₊₁ − Sᵢ₊₂, and at the end B₀ + Y S₁ − S₂; S_r is a multiple of the identity.
    private void clenshaw(Matrix[] sums, Workspace ws) {
        int r = blocks.length - 1;
        Matrix y = powers[powers.length - 1];
        double last = blocks[r][0];
        for (int i = r - 1; i >= 0; i--) {
            Matrix sum = sums[i % sums.length];
            double diagonal = blocks[i][0];
            if (i == r - 1) {
                sum.axpby((i == 0 ? 1 : 2) * last, y, 0);
            } else if (i == r - 2) {
                sum.fill(0);
                diagonal -= last;
            } else {
                sum.axpby(-1, sums[(i + 2) % sums.length], 0);
            }
            for (int j = 1; j < blocks[i].length; j++) {
                sum.axpby(blocks[i][j], powers[j], 1);
            }
            sum.addToDiagonal(diagonal);
            if (i < r - 1) {
                Operands product = Operands.symmetric(y, sums[(i + 1) % sums.length], sum);
                MatrixProduct.multiplySymmetric(i == 0 ? 1 : 2, product, 1, ws);
            }
        }
    }
}
