package io.quadric.bench;

import io.quadric.linalg.Simd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
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
        Optional<OpenBlas> peer = OpenBlas.find();
        if (peer.isEmpty()) {
            System.out.println("OpenBLAS is not installed (Debian: libopenblas0-pthread): measured without it");
        }
        Map<String, Double> micros = new TreeMap<>();
        List<String> all = new ArrayList<>(SQUARES);
        all.addAll(TRAINING);
        for (String method : peer.isPresent() ? List.of("quadric", "openBlas") : List.of("quadric")) {
            collect(method, run(options(method, all).param("threads", "1", "2")), micros);
        }
        collect("ejml", run(options("ejml", SQUARES).param("precision", "FLOAT64")), micros);
        collect("scalar", run(options("quadric", SQUARES.subList(0, 3)).jvmArgsAppend("-Dquadric.simd=scalar")),
                micros);

        Path directory = Path.of(args.length > 0 ? args[0] : "bench/results");
        Files.createDirectories(directory);
        Path file = directory.resolve(LocalDate.now() + "-gemm.md");
        Files.writeString(file, report(all, micros, peer.map(OpenBlas::configuration).orElse("not installed")));
        System.out.println("wrote " + file);
    }

    private static ChainedOptionsBuilder options(String method, List<String> shapes) {
        return new OptionsBuilder()
                .include(GemmBenchmark.class.getName() + "." + method + "$")
                .param("shape", shapes.toArray(String[]::new));
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    private static void collect(String name, Collection<RunResult> results, Map<String, Double> micros) {
        for (RunResult result : results) {
            var p = result.getParams();
            String key = key(name, p.getParam("shape"), p.getParam("precision"), p.getParam("threads"));
            micros.put(key, result.getPrimaryResult().getStatistics().getMin());
        }
    }

    private static String key(String name, String shape, String precision, String threads) {
        return String.join(" ", name, shape, precision, threads);
    }

    private static String report(List<String> shapes, Map<String, Double> micros, String peer) {
        StringBuilder out = new StringBuilder("# Matrix product, " + LocalDate.now() + "\n\n");
        out.append(Machine.describe());
        out.append("- kernels: ").append(Simd.description()).append('\n');
        out.append("- peers: OpenBLAS (").append(peer).append("), EJML (double, one thread)\n\n");
        out.append(
                "Ratios are ours ÷ peer in speed, each the best of 5 means over 0.3 s; above 1 ours is faster. "
                        + "In a shape, rows × inner × ")
                .append("columns, T marks an operand that is stored transposed.\n\n");
        out.append("| shape | precision | threads | GFLOP/s | ÷ OpenBLAS | ÷ EJML | ÷ scalar |\n");
        out.append("|---|---|---|---|---|---|---|\n");
        for (String precision : List.of("FLOAT32", "FLOAT64")) {
            for (String threads : List.of("1", "2")) {
                shapes.forEach(shape -> out.append(row(shape, precision, threads, micros)));
            }
        }
        return out.toString();
    }

    private static String row(String shape, String precision, String threads, Map<String, Double> micros) {
        double ours = micros.get(key("quadric", shape, precision, threads));
        double rate = GemmShape.of(shape).operations() / ours * 1e-3;
        StringBuilder row = new StringBuilder(
                String.format("| %s | %s | %s | %.1f |", shape.replace('x', '×').replace(':', ' '), precision, threads,
                        rate));
        for (String peer : List.of("openBlas", "ejml", "scalar")) {
            Double theirs = micros.get(key(peer, shape, precision, threads));
            row.append(theirs == null ? " |" : String.format(" %.2f |", theirs / ours));
        }
        return row.append('\n').toString();
    }
}
