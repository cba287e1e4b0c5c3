package io.quadric.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The runs of [ResultSuite].
final class ResultRuns {
    private final Map<Key, ResultCurve> runs = new LinkedHashMap<>();

    private record Key(String problem, String method, long seed) {}

    void add(ResultCurve run) {
        runs.put(new Key(run.problem(), run.method(), run.seed()), run);
    }

    boolean has(String problem, String method, long seed) {
        return runs.containsKey(new Key(problem, method, seed));
    }

    ResultCurve get(String problem, String method, long seed) {
        return runs.get(new Key(problem, method, seed));
    }

    /// The name of a method with the rate with which the first seed ends lowest; without one, if it is untouched.
    String best(String problem, String recipe) {
        return runs.values().stream()
                .filter(run -> run.problem().equals(problem) && run.seed() == 1)
                .filter(run -> run.method().equals(recipe) || run.method().startsWith(recipe + " "))
                .min(Comparator.comparingDouble(ResultCurve::last))
                .orElseThrow()
                .method();
    }
}
