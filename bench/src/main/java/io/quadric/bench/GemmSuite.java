package io.quadric.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs [GemmBenchmark] over squares and training shapes, with one and two threads, and writes the table of ratios to
/// `bench/results/<date>-gemm.md`. Takes about ten minutes.
public final class GemmSuite {
    private static final List<String> SQUARES = List.of("256x256x256:NN", "512x512x512:NN", "1024x1024x1024:NN",
            "2048x2048x2048:NN");

    /// Forward passes (x Wᵀ), weight gradients (yᵀ x) and backward passes (y W) of the MNIST autoencoder.
    private static final List<String> TRAINING = List.of("1000x784x1000:NT", "1000x1000x500:NT", "1000x500x250:NT",
            "1000x250x30:NT", "1000x30x250:NT", "1000x1000x784:TN", "500x1000x1000:TN", "250x1000x500:TN",
            "30x1000x250:TN", "250x1000x30:TN", "1000x1000x784:NN", "128x784x1000:NT", "256x1000x500:NT");

    private GemmSuite() {}

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
        List<String> all = new ArrayList<>(SQUARES);
        all.addAll(TRAINING);
        SuiteResults results = new SuiteResults();
        results.run(options("quadric", all).param("threads", "1", "2"));
        if (peer) {
            results.run(options("openBlas", all).param("threads", "1", "2"));
        }
        results.run(options("netlib", all));
        results.run(options("ojAlgo", SQUARES).param("threads", "2"));
        results.run(options("ejml", SQUARES).param("precision", "FLOAT64"));
        results.run(options("syrk", SQUARES).param("threads", "1", "2"));
        SuiteResults scalar = new SuiteResults();
        scalar.run(options("quadric", SQUARES.subList(0, 3)).jvmArgsAppend("-Dquadric.simd=scalar"));

        Path directory = Path.of(args.length > 0 ? args[0] : "bench/results");
        SuiteResults.write(directory, "gemm", "Matrix product", report(all, results, scalar));
    }

    private static ChainedOptionsBuilder options(String method, List<String> shapes) {
        return new OptionsBuilder()
                .include(GemmBenchmark.class.getName() + "." + method + "$")
                .param("shape", shapes.toArray(String[]::new));
    }

    private static String report(List<String> shapes, SuiteResults results, SuiteResults scalar) {
        StringBuilder out = new StringBuilder("""
                Ratios are the peer's time ÷ ours, each the best of 5 means over 0.3 s; above 1 ours is faster. In a
                shape, rows × inner × columns, T marks an operand that is stored transposed. EJML (double) and netlib's
                Vector BLAS have one thread, ojAlgo takes all. The last column is our syrk of the square A by the
                product of the same size.

                | shape | precision | threads | GFLOP/s | ÷ OpenBLAS | ÷ netlib | ÷ ojAlgo | ÷ EJML | ÷ scalar | syrk |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        for (String precision : List.of("FLOAT32", "FLOAT64")) {
            for (String threads : List.of("1", "2")) {
                for (String shape : shapes) {
                    out.append(row(new Object[]{precision, shape, threads}, results, scalar));
                }
            }
        }
        return out.toString();
    }

    private static String row(Object[] key, SuiteResults results, SuiteResults scalar) {
        String shape = (String) key[1];
        Optional<Double> ours = results.time("quadric", key);
        double rate = GemmShape.of(shape).operations() / ours.orElseThrow() * 1e-3;
        StringBuilder row = new StringBuilder(String.format("| %s | %s | %s | %.1f |",
                shape.replace('x', '×').replace(':', ' '), key[0], key[2], rate));
        for (String peer : List.of("openBlas", "netlib", "ojAlgo", "ejml")) {
            row.append(results.ratio(ours, results.time(peer, key)));
        }
        row.append(results.ratio(ours, scalar.time("quadric", key)));
        row.append(results.ratio(ours, results.time("syrk", key)));
        return row.append('\n').toString();
    }
}
