package io.quadric.bench;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.random.RandomGeneratorFactory;

/// Where the kernels stand below the two roofs of the machine: multiply-adds in registers, and the rate of a copy. All
/// with one thread; written to `bench/results/<date>-kernels.md`.
public final class KernelSuite {
    /// Elements of a vector that stays in the second-level cache, and of one that does not fit any.
    private static final int[] SIZES = {16_384, 8_388_608};

    private static final int COLUMNS = 512;

    /// Read by nobody, so that what is measured is not optimised away.
    private static volatile double result;

    private KernelSuite() {}

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent
    /// @throws IOException if the file cannot be written
    public static void main(String[] args) throws IOException {
        StringBuilder out = new StringBuilder("""
                One thread. "÷ copy" is the kernel's rate in bytes read and written, by that of a copy of the same
                vectors in the same run: 1 means that the kernel costs no more than moving its data. The best of many
                turns each.

                """);
        out.append(peaks());
        out.append("""

                | kernel | elements | precision | ns an element | GB/s | ÷ copy |
                |---|---|---|---|---|---|
                """);
        for (Precision precision : Precision.values()) {
            try (Workspace ws = Workspace.withThreads(1)) {
                rows(new Operands(precision, SIZES[0]), ws); // warm-up
                for (int size : SIZES) {
                    out.append(rows(new Operands(precision, size), ws));
                }
            }
        }
        ResultFile.write(args, "kernels", "Kernels below the roofs", out.toString());
    }

    /// How fast registers, and products, multiply and add.
    private static String peaks() {
        StringBuilder out = new StringBuilder("| precision | peak in registers, GFLOP/s | product n = 1024 ÷ peak |\n"
                + "|---|---|---|\n");
        for (Precision precision : Precision.values()) {
            int n = 1024;
            Operands x = new Operands(precision, n * n);
            try (Workspace ws = Workspace.withThreads(1)) {
                Matrix a = x.a.asMatrix(n, n);
                Matrix b = x.b.asMatrix(n, n);
                Matrix c = x.c.asMatrix(n, n);
                InterleavedTimer turns = new InterleavedTimer()
                        .add("registers", () -> result = RegisterPeak.run(precision))
                        .add("product", () -> Gemm.SET.multiply(a, b, c, ws))
                        .run(4);
                double peak = RegisterPeak.operations(precision) / turns.seconds("registers") * 1e-9;
                double rate = 2.0 * n * n * n / turns.seconds("product") * 1e-9;
                out.append(String.format(Locale.ROOT, "| %s | %.1f | %.2f |%n", precision, peak, rate / peak));
            }
        }
        return out.toString();
    }

    private static String rows(Operands x, Workspace ws) {
        InterleavedTimer turns = new InterleavedTimer().add("copy", () -> x.c.copyFrom(x.a));
        Map<String, Kernel> kernels = kernels(x, ws);
        kernels.forEach((name, kernel) -> turns.add(name, kernel.action));
        turns.run(4);
        double bytes = (double) x.a.size() * x.a.precision().bytes();
        double copy = 2 * bytes / turns.seconds("copy");
        StringBuilder out = new StringBuilder(row("copy", x, turns.seconds("copy"), copy, copy));
        for (Entry<String, Kernel> kernel : kernels.entrySet()) {
            double seconds = turns.seconds(kernel.getKey());
            out.append(row(kernel.getKey(), x, seconds, kernel.getValue().vectors * bytes / seconds, copy));
        }
        System.out.print(out);
        return out.toString();
    }

    private static String row(String name, Operands x, double seconds, double rate, double copy) {
        return String.format(Locale.ROOT, "| %s | %d | %s | %.3f | %.1f | %.2f |%n", name, x.a.size(), x.a.precision(),
                seconds / x.a.size() * 1e9, rate * 1e-9, rate / copy);
    }

    /// Something done to vectors, and how many of them it reads and writes.
    private record Kernel(int vectors, Runnable action) {}

    private static Map<String, Kernel> kernels(Operands x, Workspace ws) {
        Matrix a = x.a.asMatrix(x.a.size() / COLUMNS, COLUMNS);
        Matrix c = x.c.asMatrix(x.c.size() / COLUMNS, COLUMNS);
        Vector row = x.b.slice(0, COLUMNS);
        Map<String, Kernel> kernels = new LinkedHashMap<>();
        kernels.put("axpy", new Kernel(3, () -> x.c.axpy(1e-9, x.a)));
        kernels.put("dot", new Kernel(2, () -> result = x.a.dot(x.b)));
        kernels.put("norm", new Kernel(1, () -> result = x.a.norm()));
        kernels.put("axpy and dot", new Kernel(4, () -> result = x.c.axpyDot(1e-9, x.a, x.b)));
        kernels.put("step of conjugate gradients",
                new Kernel(6, () -> result = x.c.conjugateStep(1e-9, x.a, x.b, x.d)));
        kernels.put("sums of rows", new Kernel(1, () -> Elementwise.sumRows(1, a, 0, x.sums)));
        kernels.put("bias and tanh",
                new Kernel(2, () -> Elementwise.addRowAndApply(ElementaryFunction.TANH, row, a, c, ws)));
        kernels.put("bias and relu",
                new Kernel(2, () -> Elementwise.addRowAndApply(ElementaryFunction.RELU, row, a, c, ws)));
        kernels.put("logistic", new Kernel(2, () -> Elementwise.apply(ElementaryFunction.LOGISTIC, a, c, ws)));
        kernels.put("softplus", new Kernel(2, () -> Elementwise.apply(ElementaryFunction.SOFTPLUS, a, c, ws)));
        kernels.put("softmax", new Kernel(2, () -> Elementwise.softmaxRows(a, c, ws)));
        return kernels;
    }

    /// Vectors with normally distributed elements.
    private static final class Operands {
        private final Vector a;
        private final Vector b;
        private final Vector c;
        private final Vector d;
        private final Vector sums;

        Operands(Precision precision, int size) {
            a = Vector.zeros(precision, size);
            b = Vector.zeros(precision, size);
            c = Vector.zeros(precision, size);
            d = Vector.zeros(precision, size);
            sums = Vector.zeros(precision, Math.min(COLUMNS, size));
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
            Sampling.gaussian(0, 1, random, a.asRow());
            Sampling.gaussian(0, 1, random, b.asRow());
        }
    }
}
