package io.quadric.spark;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/// The model of docs/scale.md: T = J + W / (E F) + s b (1 + log₂ E) / B for each job, and V / F on the driver. Where
/// the executors are threads of the driver's JVM nothing is sent, and J is another one.
final class StepModel {
    private static final int BYTES = Float.BYTES;

    private StepModel() {}

    /// A measured run.
    ///
    /// @param cases N
    /// @param units of the dense layers
    /// @param iterations C of conjugate gradients for a step
    /// @param jobs for a step
    /// @param executors E
    /// @param local whether they are threads of the driver's JVM
    record Setting(int cases, int[] units, double iterations, double jobs, int executors, boolean local) {
        /// A sum over the blocks of a function of their inputs, with the 1 of the bias, and their outputs.
        private double blocks(DoubleBinaryOperator of) {
            return IntStream.range(1, units.length)
                    .mapToDouble(i -> of.applyAsDouble(units[i - 1] + 1.0, units[i]))
                    .sum();
        }

        /// P
        double parameters() {
            return blocks((inputs, outputs) -> inputs * outputs);
        }

        /// K
        double factors() {
            return blocks((inputs, outputs) -> inputs * inputs + outputs * outputs);
        }

        /// Numbers in the means of the blocks' inputs and gradients: H, and one for each block.
        double means() {
            return blocks(Double::sum);
        }

        /// Numbers in the augmented inputs of all blocks.
        double inputs() {
            return blocks((inputs, outputs) -> inputs);
        }

        /// V, operations of a matrix over each side of every block.
        double bothSides() {
            return blocks((inputs, outputs) -> 2 * inputs * outputs * (inputs + outputs));
        }

        /// Jobs of Hessian-free optimisation beside the gradient with its preconditioner and C + 2 products.
        double trials() {
            return jobs - 3 - iterations;
        }
    }

    /// A step in the model.
    ///
    /// @param setting of the run
    /// @param work floating-point operations of all executors
    /// @param own V, floating-point operations of the driver
    /// @param numbers that go to, and come from, each executor
    record Step(Setting setting, double work, double own, double numbers) {
        /// Over all executors.
        double bytes() {
            return setting.local() ? 0 : BYTES * numbers * setting.executors();
        }

        /// The factors of the constants in the seconds.
        double[] terms() {
            int e = setting.executors();
            double longest = work / e + own;
            return setting.local()
                    ? new double[]{setting.jobs(), 0, longest, 0}
                    : new double[]{0, setting.jobs(), longest, BYTES * numbers * (1 + Math.log(e) / Math.log(2))};
        }
    }

    /// @param method of optimisation, with its defaults: statistics in every step
    /// @param setting of the run
    static Step step(String method, Setting setting) {
        double n = setting.cases();
        double p = setting.parameters();
        double k = setting.factors();
        double c = setting.iterations();
        double v = setting.bothSides();
        return switch (method) {
            case "adam" -> new Step(setting, 6 * n * p, 0, 2 * p);
            case "kfac" -> new Step(setting, 10 * n * p + n * k, v, 2 * p + k);
            case "kbfgs" -> new Step(
                    setting,
                    12 * n * p + 4 * n * setting.inputs(),
                    v,
                    3 * p + 2 * setting.means() + 2 * setting.inputs());
            case "tnt" -> new Step(setting, 12 * n * p, 2 * v, 3 * p);
            case "shampoo" -> new Step(setting, 6 * n * p, 2 * v, 2 * p);
            case "hessian-free" -> new Step(
                    setting,
                    8 * n * p + 10 * (c + 2) * n * p + 2 * n * p * setting.trials(),
                    0,
                    7 * p + 2 * c * p + p * setting.trials());
            default -> throw new IllegalArgumentException("no model of " + method);
        };
    }

    /// A measured step.
    ///
    /// @param master of Spark
    /// @param method of optimisation
    /// @param step in the model
    /// @param fitted whether the constants are fitted to it
    /// @param bytes sent and received, over all executors
    /// @param seconds of the step
    /// @param inJobs seconds of its jobs
    record Row(String master, String method, Step step, boolean fitted, double bytes, double seconds, double inJobs) {}

    /// What is fitted.
    ///
    /// @param here J of threads, s
    /// @param there J of executors in other JVMs, s
    /// @param operation 1 / F
    /// @param transfer 1 / B
    record Constants(double here, double there, double operation, double transfer) {
        double seconds(Step step) {
            double[] terms = step.terms();
            return here * terms[0] + there * terms[1] + operation * terms[2] + transfer * terms[3];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "J %.1f ms here, %.1f ms there, F %.2g/s, B %.2g bytes/s",
                    1e3 * here,
                    1e3 * there,
                    1 / operation,
                    1 / transfer);
        }
    }

    /// Least squares of the relative errors.
    static Constants fit(List<Row> rows) {
        double[][] equations = new double[4][5];
        for (Row row : rows.stream().filter(Row::fitted).toList()) {
            double[] terms = row.step().terms();
            for (int i = 0; i < 4; i++) {
                equations[i][4] += terms[i] / row.seconds();
                for (int j = 0; j < 4; j++) {
                    equations[i][j] += terms[i] * terms[j] / (row.seconds() * row.seconds());
                }
            }
        }
        double[] x = solved(equations);
        return new Constants(x[0], x[1], x[2], x[3]);
    }

    /// By elimination; constants of which no row depends are 0.
    private static double[] solved(double[][] a) {
        int n = a.length;
        for (int pivot = 0; pivot < n; pivot++) {
            double diagonal = a[pivot][pivot];
            for (int i = 0; i < n; i++) {
                double factor = i == pivot || diagonal == 0 ? 0 : a[i][pivot] / diagonal;
                for (int j = pivot; j <= n; j++) {
                    a[i][j] -= factor * a[pivot][j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = a[i][i] == 0 ? 0 : a[i][n] / a[i][i];
        }
        return x;
    }
}
