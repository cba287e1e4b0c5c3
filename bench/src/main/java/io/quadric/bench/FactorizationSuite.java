package io.quadric.bench;

import io.quadric.linalg.Precision;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Takes turns with the methods of [FactorizationBenchmark] over the sizes of Kronecker factors, with one and two
/// threads, and writes the table of ratios to `bench/results/<date>-factorizations.md`.
public final class FactorizationSuite {
    private static final List<Integer> SIZES = List.of(26, 101, 251, 500, 1001, 2000);
    private static final int LARGEST_FOR_EIGENVECTORS = 1001;
    private static final int LARGEST_FOR_EJML = 500;

    private FactorizationSuite() {}

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent
    /// @throws IOException if the file cannot be written
    public static void main(String[] args) throws IOException {
        boolean peer = ResultFile.openBlasIsInstalled();
        StringBuilder out = new StringBuilder("""
                Ratios are the peer's time ÷ ours, each the best of many turns; above 1 ours is faster. A call includes
                a copy of the matrix. "inverse" factors and inverts; LAPACK's potri fills one triangle, ours both. EJML
                is in double and has one thread.

                | n | precision | threads | Cholesky ms | ÷ LAPACK | ÷ EJML | inverse ms | ÷ LAPACK | ÷ EJML \
                | eigen ms | ÷ LAPACK | ÷ EJML |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (Precision precision : Precision.values()) {
            row(SIZES.get(2), precision, 1, peer); // warm-up
            for (int threads = 1; threads <= 2; threads++) {
                for (int n : SIZES) {
                    out.append(row(n, precision, threads, peer));
                }
            }
        }
        ResultFile.write(args, "factorizations", "Factorisations", out.toString());
    }

    static FactorizationBenchmark benchmark(int n, Precision precision, int threads) {
        FactorizationBenchmark b = new FactorizationBenchmark();
        b.n = n;
        b.precision = precision;
        b.threads = threads;
        b.setUp();
        return b;
    }

    private static String row(int n, Precision precision, int threads, boolean peer) {
        FactorizationBenchmark b = benchmark(n, precision, threads);
        boolean ejml = precision == Precision.FLOAT64 && threads == 1 && n <= LARGEST_FOR_EJML;
        InterleavedTimer cholesky = new InterleavedTimer().add("ours", b::choleskyQuadric);
        InterleavedTimer inverse = new InterleavedTimer().add("ours", b::inverseQuadric);
        InterleavedTimer eigen = new InterleavedTimer();
        if (n <= LARGEST_FOR_EIGENVECTORS) {
            eigen.add("ours", b::eigenQuadric);
        }
        if (peer) {
            cholesky.add("lapack", b::choleskyOpenBlas);
            inverse.add("lapack", b::inverseOpenBlas);
            if (n <= LARGEST_FOR_EIGENVECTORS) {
                eigen.add("lapack", b::eigenOpenBlas);
            }
        }
        if (ejml) {
            cholesky.add("ejml", b::choleskyEjml);
            inverse.add("ejml", b::inverseEjml);
            eigen.add("ejml", b::eigenEjml);
        }
        String row = String.format(Locale.ROOT, "| %d | %s | %d |", n, precision, threads);
        for (InterleavedTimer turns : List.of(cholesky, inverse, eigen)) {
            turns.run(0.5);
            double seconds = turns.seconds("ours");
            row += (Double.isInfinite(seconds) ? " |" : String.format(Locale.ROOT, " %.3f |", seconds * 1e3))
                    + turns.ratio("lapack", "ours") + turns.ratio("ejml", "ours");
        }
        b.tearDown();
        System.out.println(row);
        return row + "\n";
    }
}
