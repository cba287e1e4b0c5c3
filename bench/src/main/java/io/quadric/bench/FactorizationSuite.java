package io.quadric.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs [FactorizationBenchmark] over the sizes of Kronecker factors, with one and two threads, and writes the table of
/// ratios to `bench/results/<date>-factorizations.md`. Takes about ten minutes.
public final class FactorizationSuite {
    private static final List<String> OPERATIONS = List.of("cholesky", "inverse", "eigen");
    private static final List<String> SIZES = List.of("26", "101", "251", "500", "1001", "2000");

    private FactorizationSuite() {}

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent
    /// @throws IOException if the file cannot be written
    /// @throws RunnerException if a benchmark fails
    public static void main(String[] args) throws IOException, RunnerException {
        boolean peer = OpenBlas.find().isPresent();
        if (!peer) {
            System.out.println("OpenBLAS is not installed (Debian: libopenblas0-pthread): measured without it");
        }
        SuiteResults results = new SuiteResults();
        for (String operation : OPERATIONS) {
            String[] sizes = sizes(operation).toArray(String[]::new);
            String libraries = peer ? "(Quadric|OpenBlas)" : "Quadric";
            results.run(new OptionsBuilder()
                    .include(FactorizationBenchmark.class.getName() + "." + operation + libraries + "$")
                    .param("n", sizes)
                    .param("threads", "1", "2"));
            results.run(new OptionsBuilder()
                    .include(FactorizationBenchmark.class.getName() + "." + operation + "Ejml$")
                    .param("n", sizes(operation).stream()
                            .filter(n -> n.length() < 4)
                            .toArray(String[]::new))
                    .param("precision", "FLOAT64"));
        }
        Path directory = Path.of(args.length > 0 ? args[0] : "bench/results");
        SuiteResults.write(directory, "factorizations", "Factorisations", report(results));
    }

    private static List<String> sizes(String operation) {
        return operation.equals("eigen") ? SIZES.subList(0, SIZES.size() - 1) : SIZES;
    }

    private static String report(SuiteResults results) {
        StringBuilder out = new StringBuilder("""
                Ratios are the peer's time ÷ ours, each the best of 4 means over 0.3 s; above 1 ours is faster. A call
                includes a copy of the matrix. "inverse" factors and inverts; LAPACK's potri fills one triangle, ours
                both. EJML: double, one thread.

                | operation | n | precision | threads | ms | ÷ LAPACK in OpenBLAS | ÷ EJML |
                |---|---|---|---|---|---|---|
                """);
        for (String operation : OPERATIONS) {
            for (String precision : List.of("FLOAT32", "FLOAT64")) {
                for (String threads : List.of("1", "2")) {
                    sizes(operation).forEach(n -> out.append(row(results, operation, n, precision, threads)));
                }
            }
        }
        return out.toString();
    }

    private static String row(SuiteResults results, String operation, String n, String precision, String threads) {
        Optional<Double> ours = results.time(operation + "Quadric", n, precision, threads);
        return String.format("| %s | %s | %s | %s | %.3f |", operation, n, precision, threads, ours.orElseThrow() / 1e3)
                + results.ratio(ours, results.time(operation + "OpenBlas", n, precision, threads))
                + results.ratio(ours, results.time(operation + "Ejml", n, precision, threads)) + "\n";
    }
}
