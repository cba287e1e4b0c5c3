package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import java.util.Arrays;

/// Curvature matrices written out element by element, from other parts of the library than its operators use, and a
/// dense solver. For small networks in FLOAT64: memory and time grow with the square and the cube of the parameters.
public final class DenseReference {
    private DenseReference() {}

    /// {@return J, the derivatives of all outputs with respect to all parameters}, column by column from
    /// [Linearization#jvp]. Row i·k + j belongs to output j of case i.
    ///
    /// @param at the linearization
    public static double[][] jacobian(Linearization at) {
        int parameters = at.parameters().values().size();
        Matrix outputs = at.outputs();
        double[][] jacobian = new double[outputs.rows() * outputs.columns()][parameters];
        Vector unit = Vector.zeros(outputs.precision(), parameters);
        Matrix column = Matrix.zeros(outputs.precision(), outputs.rows(), outputs.columns());
        for (int p = 0; p < parameters; p++) {
            unit.set(p, 1);
            at.jvp(unit, column);
            unit.set(p, 0);
            for (int i = 0; i < jacobian.length; i++) {
                jacobian[i][p] = column.flat().get(i);
            }
        }
        return jacobian;
    }

    /// {@return G v = (1/N) Jᵀ(H(Jv)) + ηv}, with J written out and the curvature of the losses applied to its columns
    ///
    /// @param at the linearization, FLOAT64
    /// @param v one element per parameter
    public static double[] gaussNewtonProduct(Linearization at, double[] v) {
        double[][] jacobian = jacobian(at);
        double[] jv = new double[jacobian.length];
        for (int i = 0; i < jv.length; i++) {
            jv[i] = dot(jacobian[i], v);
        }
        double[] hjv = weighed(at, lossCurvature(at, jv));
        double[] product = new double[v.length];
        for (int p = 0; p < v.length; p++) {
            for (int i = 0; i < hjv.length; i++) {
                product[p] += jacobian[i][p] * hjv[i] / at.cases();
            }
            product[p] += at.model().l2() * v[p];
        }
        return product;
    }

    /// {@return the diagonal of (1/N) JᵀHJ + ηI}, with J written out
    ///
    /// @param at the linearization, FLOAT64
    public static double[] gaussNewtonDiagonal(Linearization at) {
        double[][] jacobian = jacobian(at);
        double[] diagonal = new double[jacobian[0].length];
        double[] column = new double[jacobian.length];
        for (int p = 0; p < diagonal.length; p++) {
            for (int i = 0; i < column.length; i++) {
                column[i] = jacobian[i][p];
            }
            diagonal[p] = dot(column, weighed(at, lossCurvature(at, column))) / at.cases() + at.model().l2();
        }
        return diagonal;
    }

    /// Every case with its relative weight.
    private static double[] weighed(Linearization at, double[] u) {
        double[] weighed = u.clone();
        for (int i = 0; i < u.length; i++) {
            weighed[i] *= at.batch().weights().relative(i / (u.length / at.cases()));
        }
        return weighed;
    }

    private static double[] lossCurvature(Linearization at, double[] u) {
        Subject subject = new Subject("", at.model(), at.parameters(), at.batch());
        return new LossAt(subject, at.workspace()).curvature(at.outputs().copy().flat(), Vector.of(u));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// {@return (1/N) Σ ∇Lᵢ ∇Lᵢᵀ}, the empirical Fisher matrix without the penalty, from every case alone.
    ///
    /// @param at the linearization
    /// @param ws threads and scratch
    public static Matrix empiricalFisher(Linearization at, Workspace ws) {
        double[][] gradients = caseGradients(at, ws);
        int size = gradients[0].length;
        double[][] fisher = new double[size][size];
        for (int n = 0; n < gradients.length; n++) {
            double[] g = gradients[n];
            double weight = at.batch().weights().relative(n) / gradients.length;
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    fisher[i][j] += weight * g[i] * g[j];
                }
            }
        }
        return Matrix.of(fisher);
    }

    /// {@return ∇Lᵢ of every case, without the penalty}, by the gradient of a batch of that case alone.
    ///
    /// @param at the linearization
    /// @param ws threads and scratch
    public static double[][] caseGradients(Linearization at, Workspace ws) {
        Model bare = new Model(at.model().network(), at.model().loss());
        double[][] gradients = new double[at.cases()][];
        Batch batch = at.batch();
        for (int i = 0; i < gradients.length; i++) {
            Batch one = batch.rows(i, i + 1);
            Vector g = Vector.zeros(batch.inputs().precision(), at.parameters().values().size());
            try (var single = Linearization.at(bare, at.parameters(), one, ws)) {
                single.gradient(g);
            }
            gradients[i] = g.toArray();
        }
        return gradients;
    }

    /// {@return x with A x = b}, by Gaussian elimination with row exchanges; A may be indefinite.
    ///
    /// @param a n × n, not changed
    /// @param b n elements, not changed
    /// @throws ArithmeticException if A is singular to working precision
    public static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[][] m = new double[n][];
        for (int i = 0; i < n; i++) {
            m[i] = Arrays.copyOf(a[i], n + 1);
            m[i][n] = b[i];
        }
        for (int k = 0; k < n; k++) {
            exchange(m, k);
            for (int i = k + 1; i < n; i++) {
                eliminate(m[k], m[i], k);
            }
        }
        return substituteBack(m);
    }

    private static void exchange(double[][] m, int k) {
        int best = k;
        for (int i = k + 1; i < m.length; i++) {
            if (Math.abs(m[i][k]) > Math.abs(m[best][k])) {
                best = i;
            }
        }
        double[] row = m[best];
        m[best] = m[k];
        m[k] = row;
        if (!(Math.abs(row[k]) > Precision.FLOAT64.epsilon() * Double.MIN_NORMAL)) {
            throw new ArithmeticException("the matrix is singular, pivot " + k + " is " + row[k]);
        }
    }

    private static void eliminate(double[] pivot, double[] row, int k) {
        double factor = row[k] / pivot[k];
        for (int j = k; j < row.length; j++) {
            row[j] -= factor * pivot[j];
        }
    }

    private static double[] substituteBack(double[][] m) {
        int n = m.length;
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = m[i][n];
            for (int j = i + 1; j < n; j++) {
                sum -= m[i][j] * x[j];
            }
            x[i] = sum / m[i][i];
        }
        return x;
    }
}
