package io.quadric.engine.experiment;

import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.html.RunGroup;
import io.quadric.engine.html.RunParts.Outcomes;
import io.quadric.engine.report.CurveGroup;
import io.quadric.engine.report.RunHistory;
import io.quadric.engine.train.TrainingOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Runs that differ by their seed alone, taken together for reports.
public final class RunGroups {
    private RunGroups() {}

    /// {@return the label of a run from one of several seeds}
    ///
    /// @param group what the runs have in common
    /// @param seed of the run
    public static String label(String group, long seed) {
        return group + " seed=" + seed;
    }

    /// {@return what a run has in common with those from other seeds}
    ///
    /// @param job the run
    public static String group(Job job) {
        String label = job.label();
        String suffix = label("", job.run().plan().seed());
        return label.endsWith(suffix) ? label.substring(0, label.length() - suffix.length()) : label;
    }

    /// The runs of each group, in their order.
    static Map<String, List<Done>> byGroup(List<Done> runs) {
        Map<String, List<Done>> groups = new LinkedHashMap<>();
        runs.forEach(done -> groups.computeIfAbsent(group(done.job()), name -> new ArrayList<>()).add(done));
        return groups;
    }

    /// The seeds of a group as text: 1–3, or 1, 3.
    static String seeds(List<Done> group) {
        long[] seeds = group.stream().mapToLong(done -> done.job().run().plan().seed()).toArray();
        boolean consecutive = IntStream.range(1, seeds.length).allMatch(i -> seeds[i] == seeds[i - 1] + 1);
        return consecutive && seeds.length > 2
                ? seeds[0] + "–" + seeds[seeds.length - 1]
                : LongStream.of(seeds).mapToObj(Long::toString).collect(Collectors.joining(", "));
    }

    /// The runs that did not fail, or all if all did.
    static List<Done> sound(List<Done> group) {
        List<Done> sound = group.stream()
                .filter(done -> !(done.ended().result().outcome() instanceof TrainingOutcome.Failed))
                .toList();
        return sound.isEmpty() ? group : sound;
    }

    /// What each group came to.
    static List<Outcomes> outcomes(List<Done> runs) {
        return each(runs, (name, group) -> new Outcomes(
                name, group.stream().map(done -> done.ended().result()).toList()));
    }

    /// The curves of each group; of the runs that did not fail, if there are some, since the mean ends where the first
    /// run does.
    static List<RunGroup> curves(List<Done> runs) {
        return each(runs, (name, group) -> new RunGroup(
                name, sound(group).stream().map(done -> RunHistory.of(done.ended().lines())).toList()));
    }

    /// The evaluations of the same runs.
    static List<CurveGroup> lines(List<Done> runs) {
        return each(runs, (name, group) -> new CurveGroup(
                name, sound(group).stream().map(done -> done.ended().curve()).toList()));
    }

    private static <T> List<T> each(List<Done> runs, BiFunction<String, List<Done>, T> of) {
        return byGroup(runs).entrySet().stream().map(group -> of.apply(group.getKey(), group.getValue())).toList();
    }
}
