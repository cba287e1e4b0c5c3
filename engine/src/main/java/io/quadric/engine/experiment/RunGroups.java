package io.quadric.engine.experiment;

import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.html.RunGroup;
import io.quadric.engine.html.RunParts.Outcomes;
import io.quadric.engine.report.RunHistory;
import io.quadric.engine.train.TrainingOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private static Map<String, List<Done>> byGroup(List<Done> runs) {
        Map<String, List<Done>> groups = new LinkedHashMap<>();
        runs.forEach(done -> groups.computeIfAbsent(group(done.job()), name -> new ArrayList<>()).add(done));
        return groups;
    }

    /// What each group came to.
    static List<Outcomes> outcomes(List<Done> runs) {
        List<Outcomes> outcomes = new ArrayList<>();
        byGroup(runs).forEach((name, group) -> outcomes.add(
                new Outcomes(name, group.stream().map(done -> done.ended().result()).toList())));
        return outcomes;
    }

    /// The curves of each group; of the runs that did not fail, if there are some, since the mean ends where the first
    /// run does.
    static List<RunGroup> curves(List<Done> runs) {
        List<RunGroup> curves = new ArrayList<>();
        byGroup(runs).forEach((name, group) -> {
            List<Done> sound = group.stream()
                    .filter(done -> !(done.ended().result().outcome() instanceof TrainingOutcome.Failed))
                    .toList();
            curves.add(new RunGroup(name, (sound.isEmpty() ? group : sound).stream()
                    .map(done -> RunHistory.of(done.ended().lines()))
                    .toList()));
        });
        return curves;
    }
}
