package io.quadric.linalg;

/// The factorisation A = L Lᵀ of a symmetric positive definite matrix.
public final class Cholesky {
    private final Matrix lower;

    private Cholesky(Matrix lower) {
        this.lower = lower;
    }

    /// How a factorisation ended.
    public sealed interface Outcome {
        /// It exists.
        ///
        /// @param cholesky the factorisation
        record Factored(Cholesky cholesky) implements Outcome {}

        /// A pivot was not positive, or not finite.
        ///
        /// @param pivot its index
        /// @param value what stood there
        record NotPositiveDefinite(int pivot, double value) implements Outcome {
            /// {@return what to do about it}
            public String advice() {
                return "pivot " + pivot + " is " + value + ": add more damping to the diagonal, or use FLOAT64";
            }
        }
    }

    /// Factors A, of which the lower triangle is read.
    ///
    /// @param a n × n, not changed
    /// @param ws threads and scratch
    /// @return the factorisation, or the pivot that failed
    /// @throws IllegalArgumentException if A is not square
    public static Outcome factor(Matrix a, Workspace ws) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("a square matrix expected, got " + a.shape());
        }
        Matrix l = a.copy(Precision.FLOAT64);
        int n = a.rows();
        for (int j = 0; j < n; j++) {
            double pivot = l.get(j, j) - prefix(l, j, j, j);
            if (!(pivot > 0) || Double.isInfinite(pivot)) {
                return new Outcome.NotPositiveDefinite(j, pivot);
            }
            l.set(j, j, Math.sqrt(pivot));
            for (int i = j + 1; i < n; i++) {
                l.set(i, j, (l.get(i, j) - prefix(l, i, j, j)) / l.get(j, j));
            }
        }
        return new Outcome.Factored(new Cholesky(l));
    }

    private static double prefix(Matrix l, int i, int j, int k) {
        double[] d = l.doubles();
        int n = l.columns();
        double sum = 0;
        for (int p = 0; p < k; p++) {
            sum += d[i * n + p] * d[j * n + p];
        }
        return sum;
    }

    /// Overwrites B with A⁻¹B.
    ///
    /// @param b n × k
    /// @param ws threads and scratch
    public void solve(Matrix b, Workspace ws) {
        int n = lower.rows();
        for (int c = 0; c < b.columns(); c++) {
            for (int i = 0; i < n; i++) {
                double sum = b.get(i, c);
                for (int k = 0; k < i; k++) {
                    sum -= lower.get(i, k) * b.get(k, c);
                }
                b.set(i, c, sum / lower.get(i, i));
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = b.get(i, c);
                for (int k = i + 1; k < n; k++) {
                    sum -= lower.get(k, i) * b.get(k, c);
                }
                b.set(i, c, sum / lower.get(i, i));
            }
        }
    }

    /// Writes A⁻¹, both triangles.
    ///
    /// @param out n × n, overwritten
    /// @param ws threads and scratch
    public void inverse(Matrix out, Workspace ws) {
        Matrix wide = Matrix.identity(Precision.FLOAT64, lower.rows());
        solve(wide, ws);
        out.copyFrom(wide);
    }
}
