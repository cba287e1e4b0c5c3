package io.quadric.linalg.internal.root;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.factor.PivotedFactor;

/// The polynomial q of degree d for which x¹ᐟᵖ q(x) is nearest to 1 on an interval [l, 1], by the exchange algorithm of
/// Remez (Powell 1981, *Approximation Theory and Methods*, chapter 8): the error attains its maximum with alternating
/// signs at d + 2 points.
///
/// @param coefficients c₀, …, c_d of q(x) = Σ cⱼ Tⱼ((2x − 1 − l) / (1 − l)), in Chebyshev polynomials
/// @param error max |x¹ᐟᵖ q(x) − 1|
record RootPolynomial(double[] coefficients, double error) {
    private static final int EXCHANGES = 20;
    private static final int FINENESS = 24;
    private static final double ENOUGH = 1.02;

    /// @param lower l, between 0 and 1
    static RootPolynomial of(int root, int degree, double lower) {
        return new Exchange(root, degree, lower).run();
    }

    /// The exchange of sets of points, all from a grid that is finer towards the ends.
    private static final class Exchange {
        private final int count;
        private final double[] t;
        private final double[] power;
        private final int[] points;
        private final double[] errors;
        private double[] c;

        Exchange(int root, int degree, double lower) {
            count = degree + 2;
            int size = (count - 1) * FINENESS + 1;
            t = new double[size];
            power = new double[size];
            errors = new double[size];
            for (int i = 0; i < size; i++) {
                t[i] = Math.cos(Math.PI * i / (size - 1));
                power[i] = Math.pow((1 + lower + (1 - lower) * t[i]) / 2, 1.0 / root);
            }
            points = new int[count];
            for (int i = 0; i < count; i++) {
                points[i] = i * FINENESS;
            }
        }

        RootPolynomial run() {
            double largest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < EXCHANGES; i++) {
                double levelled = Math.abs(level());
                largest = measure();
                if (!(largest > ENOUGH * levelled) || !exchange()) {
                    break;
                }
            }
            return new RootPolynomial(c, largest);
        }

        /// Solves for q and the error E with x¹ᐟᵖ q(x) + (−1)ⁱ E = 1 at all points; returns E.
        private double level() {
            Matrix a = Matrix.zeros(Precision.FLOAT64, count, count);
            for (int i = 0; i < count; i++) {
                double before = 0;
                double now = power[points[i]];
                for (int j = 0; j < count - 1; j++) {
                    a.set(i, j, now);
                    double next = (j == 0 ? 1 : 2) * t[points[i]] * now - before;
                    before = now;
                    now = next;
                }
                a.set(i, count - 1, i % 2 == 0 ? 1 : -1);
            }
            Vector solution = Vector.zeros(Precision.FLOAT64, count).fill(1);
            PivotedFactor factor = new PivotedFactor(a, Workspace.serial());
            if (factor.failedPivot() < 0) {
                factor.solve(solution.asMatrix(count, 1), Workspace.serial());
            }
            c = solution.slice(0, count - 1).toArray();
            return solution.get(count - 1);
        }

        /// The errors on the grid; returns the largest.
        private double measure() {
            double largest = 0;
            for (int i = 0; i < t.length; i++) {
                errors[i] = 1 - power[i] * value(t[i]);
                largest = Math.max(largest, Math.abs(errors[i]));
            }
            return largest;
        }

        private double value(double at) {
            double next = 0;
            double after = 0;
            for (int j = c.length - 1; j > 0; j--) {
                double b = c[j] + 2 * at * next - after;
                after = next;
                next = b;
            }
            return c[0] + at * next - after;
        }

        /// Moves the points to the largest errors of alternating sign; returns whether there are enough of them.
        private boolean exchange() {
            int[] found = new int[t.length];
            int n = 0;
            for (int i = 0; i < t.length; i++) {
                boolean same = n > 0 && errors[i] * errors[found[n - 1]] > 0;
                if (!same) {
                    found[n++] = i;
                } else if (Math.abs(errors[i]) > Math.abs(errors[found[n - 1]])) {
                    found[n - 1] = i;
                }
            }
            int from = 0;
            while (n - from > count) {
                if (Math.abs(errors[found[from]]) < Math.abs(errors[found[n - 1]])) {
                    from++;
                } else {
                    n--;
                }
            }
            if (n - from < count) {
                return false;
            }
            System.arraycopy(found, from, points, 0, count);
            return true;
        }
    }
}
