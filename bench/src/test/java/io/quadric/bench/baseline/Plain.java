package io.quadric.bench.baseline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Matrices as arrays and loops: what the library's own products and decompositions are compared with.
final class Plain {
    private static final int SWEEPS = 60;

    private Plain() {}

    static double[][] times(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    static double[][] transposed(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    /// αA + βB
    static double[][] sum(double alpha, double[][] a, double beta, double[][] b) {
        double[][] c = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                c[i][j] = alpha * a[i][j] + beta * b[i][j];
            }
        }
        return c;
    }

    static double norm(double[][] a) {
        return Math.sqrt(Arrays.stream(a).flatMapToDouble(Arrays::stream).map(x -> x * x).sum());
    }

    /// Eigenvectors as columns, by Jacobi's rotations, in the order of the eigenvalues, which come last as a row.
    static double[][] eigenvectors(double[][] symmetric) {
        int n = symmetric.length;
        double[][] a = sum(1, symmetric, 0, symmetric);
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
        }
        for (int s = 0; s < SWEEPS; s++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    double[][] turn = rotation(a, p, q);
                    a = times(transposed(turn), times(a, turn));
                    v = times(v, turn);
                }
            }
        }
        double[][] diagonal = a;
        int[] order = IntStream.range(0, n).boxed()
                .sorted(Comparator.comparingDouble(i -> diagonal[i][i])).mapToInt(i -> i).toArray();
        double[][] sorted = new double[n + 1][n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                sorted[i][j] = v[i][order[j]];
            }
            sorted[n][j] = a[order[j]][order[j]];
        }
        return sorted;
    }

    private static double[][] rotation(double[][] a, int p, int q) {
        double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
        double[][] turn = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            turn[i][i] = 1;
        }
        turn[p][p] = Math.cos(angle);
        turn[q][q] = Math.cos(angle);
        turn[p][q] = Math.sin(angle);
        turn[q][p] = -Math.sin(angle);
        return turn;
    }

    /// Orthonormal columns by Gram and Schmidt, twice for accuracy.
    static double[][] orthonormal(double[][] a) {
        double[][] q = transposed(a);
        for (int j = 0; j < q.length; j++) {
            for (int i = 0; i < 2 * j; i++) {
                subtract(q[i % j], q[j]);
            }
            double norm = Math.sqrt(dot(q[j], q[j]));
            for (int k = 0; k < q[j].length; k++) {
                q[j][k] /= norm;
            }
        }
        return transposed(q);
    }

    /// b ← b − ⟨a, b⟩ a
    private static void subtract(double[] a, double[] b) {
        double dot = dot(a, b);
        for (int k = 0; k < b.length; k++) {
            b[k] -= dot * a[k];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// (A + dI)^p by eigenvectors.
    static double[][] power(double[][] a, double d, double p) {
        int n = a.length;
        double[][] e = eigenvectors(a);
        double[][] v = Arrays.copyOf(e, n);
        double[][] scaled = sum(1, v, 0, v);
        for (double[] row : scaled) {
            for (int j = 0; j < n; j++) {
                row[j] *= Math.pow(e[n][j] + d, p);
            }
        }
        return times(scaled, transposed(v));
    }
}
