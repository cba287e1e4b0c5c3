package io.quadric.bench;

import io.quadric.linalg.Simd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/// The best times of a suite's benchmarks, by method and parameters, and the file they are written to.
final class SuiteResults {
    private final Map<String, Double> best = new TreeMap<>();

    /// Runs benchmarks and keeps the least of each one's iteration means: the machine is never quite idle.
    void run(ChainedOptionsBuilder options) throws RunnerException {
        collect(new Runner(options.build()).run());
    }

    private void collect(Collection<RunResult> results) {
        for (RunResult result : results) {
            var parameters = result.getParams();
            String method = parameters.getBenchmark().replaceAll(".*\\.", "");
            String values = parameters.getParamsKeys().stream()
                    .sorted()
                    .map(parameters::getParam)
                    .collect(Collectors.joining(" "));
            best.put(method + " " + values, result.getPrimaryResult().getStatistics().getMin());
        }
    }

    /// {@return the time of a method}, in its own unit, if it was run.
    ///
    /// @param method its name
    /// @param parameters its parameters' values in the alphabetic order of their names
    Optional<Double> time(String method, Object... parameters) {
        String values = Arrays.stream(parameters).map(String::valueOf).collect(Collectors.joining(" "));
        return Optional.ofNullable(best.get(method + " " + values));
    }

    /// {@return a cell with peer's time by ours}, empty where one is missing.
    String ratio(Optional<Double> ours, Optional<Double> peer) {
        return ours.isPresent() && peer.isPresent() ? String.format(" %.2f |", peer.get() / ours.get()) : " |";
    }

    /// Writes `<directory>/<date>-<name>.md`: title, machine, kernels, peers, and what follows.
    static void write(Path directory, String name, String title, String body) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(LocalDate.now() + "-" + name + ".md");
        String peer = OpenBlas.find().map(OpenBlas::configuration).orElse("not installed");
        String head = "# " + title + ", " + LocalDate.now() + "\n\n" + Machine.describe() + "- kernels: "
                + Simd.description() + "\n- OpenBLAS: " + peer + "\n\n";
        Files.writeString(file, head + body);
        System.out.println("wrote " + file);
    }
}
