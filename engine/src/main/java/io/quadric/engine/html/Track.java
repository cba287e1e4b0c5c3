package io.quadric.engine.html;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.report.MeanAndDeviation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Lines of one or several logs at the steps that all of them have, and what they say there: the mean over the runs and
/// the standard deviation.
final class Track {
    private final List<Map<Long, JsonNode>> runs;
    private final long[] steps;

    private Track(List<Map<Long, JsonNode>> runs, long[] steps) {
        this.runs = runs;
        this.steps = steps;
    }

    /// @param most how many steps at most, evenly spaced, the last one in any case
    static Track of(List<List<JsonNode>> logs, int most) {
        List<Map<Long, JsonNode>> runs = new ArrayList<>();
        for (List<JsonNode> log : logs) {
            Map<Long, JsonNode> byStep = new LinkedHashMap<>();
            log.forEach(line -> byStep.put(line.path("step").asLong(), line));
            runs.add(byStep);
        }
        Set<Long> common = new TreeSet<>(runs.isEmpty() ? Set.of() : runs.getFirst().keySet());
        runs.forEach(run -> common.retainAll(run.keySet()));
        long[] steps = common.stream().mapToLong(Long::longValue).toArray();
        int stride = Math.ceilDiv(steps.length, most);
        return new Track(runs, IntStream.range(0, steps.length)
                .filter(i -> i % Math.max(1, stride) == 0 || i == steps.length - 1)
                .mapToLong(i -> steps[i])
                .toArray());
    }

    long[] steps() {
        return steps.clone();
    }

    /// Whether there are steps in between that are not drawn.
    boolean isThinned() {
        return steps.length > 0 && steps.length < steps[steps.length - 1] - steps[0] + 1;
    }

    /// The names of the numbers in these lines, in the order in which they first appear.
    List<String> figures() {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> run.values().forEach(line -> line.properties().stream()
                .filter(member -> member.getValue().isNumber())
                .forEach(member -> names.add(member.getKey()))));
        names.removeAll(List.of("step", "epoch", "seconds"));
        return List.copyOf(names);
    }

    /// The names in an object that these lines have.
    List<String> names(String member) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> run.values().forEach(line -> line.path(member).fieldNames().forEachRemaining(names::add)));
        return List.copyOf(names);
    }

    Spread spread(String figure) {
        return spread(line -> line.path(figure));
    }

    /// Over the runs that have a number there; NaN where none has.
    Spread spread(Function<JsonNode, JsonNode> figure) {
        double[] mean = new double[steps.length];
        double[] deviation = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            long step = steps[i];
            double[] values = runs.stream()
                    .map(run -> figure.apply(run.get(step)))
                    .filter(JsonNode::isNumber)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            MeanAndDeviation here = MeanAndDeviation.of(values);
            mean[i] = here.mean();
            deviation[i] = here.deviation();
        }
        return new Spread(mean, deviation);
    }

    /// A number at each step.
    ///
    /// @param mean over the runs
    /// @param deviation the standard deviation over the runs, with n − 1; 0 for one run
    record Spread(double[] mean, double[] deviation) {
        boolean isEmpty() {
            return Arrays.stream(mean).noneMatch(Double::isFinite);
        }

        boolean isConstant() {
            return Arrays.stream(mean).filter(Double::isFinite).distinct().count() < 2;
        }
    }
}
