package io.quadric.bench;

import io.quadric.linalg.Precision;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Takes turns with the methods of [GemmBenchmark] over squares and training shapes, with one and two threads, and
/// writes the table of ratios to `bench/results/<date>-gemm.md`.
public final class GemmSuite {
    private static final List<String> SQUARES = List.of("256x256x256:NN", "512x512x512:NN", "1024x1024x1024:NN",
            "2048x2048x2048:NN");

    /// Those on which slower peers are measured too.
    private static final List<String> SMALL_SQUARES = SQUARES.subList(0, 3);

    /// Forward passes (x Wᵀ), weight gradients (yᵀ x) and backward passes (y W) of the MNIST autoencoder.
    private static final List<String> TRAINING = List.of("1000x784x1000:NT", "1000x1000x500:NT", "1000x500x250:NT",
            "1000x250x30:NT", "1000x30x250:NT", "1000x1000x784:TN", "500x1000x1000:TN", "250x1000x500:TN",
            "30x1000x250:TN", "250x1000x30:TN", "1000x1000x784:NN", "128x784x1000:NT", "256x1000x500:NT");

    static final List<String> SHAPES = Stream.concat(SQUARES.stream(), TRAINING.stream()).toList();

    private GemmSuite() {}

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent
    /// @throws IOException if the file cannot be written
    /// @throws RunnerException if the run with scalar kernels, which needs a JVM of its own, fails
    public static void main(String[] args) throws IOException, RunnerException {
        boolean peer = ResultFile.openBlasIsInstalled();
        StringBuilder out = new StringBuilder("""
                Ratios are the peer's time ÷ ours, each the best of many turns; above 1 ours is faster. In a shape, rows
                × inner × columns, T marks an operand that is stored transposed. EJML (double) and netlib's BLAS on the
                Vector API have one thread, ojAlgo takes all. "syrk" is the time of our A Aᵀ for the square A by that of
                the product.

                | shape | precision | threads | GFLOP/s | ÷ OpenBLAS | ÷ netlib | ÷ ojAlgo | ÷ EJML | syrk |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (Precision precision : Precision.values()) {
            SHAPES.forEach(shape -> warmUp(shape, precision));
            for (int threads = 1; threads <= 2; threads++) {
                for (String shape : SHAPES) {
                    out.append(row(shape, precision, threads, peer));
                }
            }
        }
        ResultFile.write(args, "gemm", "Matrix product", out + scalarTwin());
    }

    /// Lets the compiler see all shapes before one is timed: what it makes of the kernels settles after many calls.
    static void warmUp(String shape, Precision precision) {
        GemmBenchmark b = benchmark(shape, precision, 1);
        new InterleavedTimer().add("ours", b::quadric).run(0.3);
        b.tearDown();
    }

    static GemmBenchmark benchmark(String shape, Precision precision, int threads) {
        GemmBenchmark b = new GemmBenchmark();
        b.shape = shape;
        b.precision = precision;
        b.threads = threads;
        b.setUp();
        return b;
    }

    private static String row(String shape, Precision precision, int threads, boolean peer) {
        GemmBenchmark b = benchmark(shape, precision, threads);
        InterleavedTimer turns = new InterleavedTimer().add("ours", b::quadric);
        if (peer) {
            turns.add("openBlas", b::openBlas);
        }
        turns.run(2.5);
        // apart, since some of them are slow and would leave few turns to the comparison that matters most
        InterleavedTimer others = new InterleavedTimer().add("ours", b::quadric);
        if (SMALL_SQUARES.contains(shape)) {
            others.add("syrk", b::syrk);
            if (threads > 1) {
                others.add("ojAlgo", b::ojAlgo);
            } else {
                others.add("netlib", b::netlib);
                if (precision == Precision.FLOAT64) {
                    others.add("ejml", b::ejml);
                }
            }
            others.run(0.5);
        }
        b.tearDown();
        double rate = GemmShape.of(shape).operations() / turns.seconds("ours") * 1e-9;
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %s | %s | %d | %.1f |",
                shape.replace('x', '×').replace(':', ' '), precision, threads, rate));
        row.append(turns.ratio("openBlas", "ours"));
        for (String other : List.of("netlib", "ojAlgo", "ejml", "syrk")) {
            row.append(others.ratio(other, "ours"));
        }
        System.out.println(row);
        return row.append('\n').toString();
    }

    /// The same product with and without the Vector API, each in a JVM of its own.
    private static String scalarTwin() throws RunnerException {
        StringBuilder out = new StringBuilder("\nThe scalar twin, n = 1024, one thread:\n\n"
                + "| precision | SIMD ms | scalar ÷ SIMD |\n|---|---|---|\n");
        for (Precision precision : Precision.values()) {
            double simd = time(precision, "auto");
            double scalar = time(precision, "scalar");
            out.append(String.format(Locale.ROOT, "| %s | %.1f | %.1f |%n", precision, simd * 1e-3, scalar / simd));
        }
        return out.toString();
    }

    private static double time(Precision precision, String simd) throws RunnerException {
        return new Runner(new OptionsBuilder()
                .include(GemmBenchmark.class.getName() + ".quadric$")
                .param("precision", precision.name())
                .jvmArgsAppend("-Dquadric.simd=" + simd)
                .build()).runSingle().getPrimaryResult().getStatistics().getMin();
    }
}
