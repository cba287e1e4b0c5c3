package io.quadric.bench;

import io.quadric.linalg.Precision;
import java.io.IOException;
import java.util.Locale;

/// Takes turns with the methods of [AutoencoderBenchmark] for several batch sizes and writes the table of ratios to
/// `bench/results/<date>-autoencoder.md`.
public final class AutoencoderSuite {
    private static final int[] CASES = {256, 1000, 4096};

    private AutoencoderSuite() {}

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent
    /// @throws IOException if the file cannot be written
    public static void main(String[] args) throws IOException {
        StringBuilder out = new StringBuilder("""
                Gradient and curvature products of the MNIST autoencoder 784-1000-500-250-30 and back, each the best of
                many turns. "products" are the matrix products that a gradient cannot do without. By counting matrix
                products, a Gauss-Newton product costs 1.27 gradients.

                | cases | precision | threads | gradient ms | products ÷ gradient | Gauss-Newton ÷ gradient \
                | Hessian ÷ gradient |
                |---|---|---|---|---|---|---|
                """);
        for (Precision precision : Precision.values()) {
            for (int threads = 1; threads <= 2; threads++) {
                for (int cases : CASES) {
                    out.append(row(cases, precision, threads));
                }
            }
        }
        ResultFile.write(args, "autoencoder", "Derivatives of the MNIST autoencoder", out.toString());
    }

    /// Turns of the products of a gradient, gradients, and curvature products.
    static InterleavedTimer turns(int cases, Precision precision, int threads) {
        AutoencoderBenchmark b = new AutoencoderBenchmark();
        b.cases = cases;
        b.precision = precision;
        b.threads = threads;
        b.setUp();
        InterleavedTimer turns = new InterleavedTimer()
                .add("products", b::matrixProductsOfAGradient)
                .add("gradient", b::gradient)
                .add("gauss-newton", b::gaussNewtonProduct)
                .add("hessian", b::hessianProduct)
                .run(4);
        b.tearDown();
        return turns;
    }

    private static String row(int cases, Precision precision, int threads) {
        InterleavedTimer turns = turns(cases, precision, threads);
        String row = String.format(Locale.ROOT, "| %d | %s | %d | %.1f |", cases, precision, threads,
                turns.seconds("gradient") * 1e3)
                + turns.ratio("products", "gradient") + turns.ratio("gauss-newton", "gradient")
                + turns.ratio("hessian", "gradient");
        System.out.println(row);
        return row + "\n";
    }
}
