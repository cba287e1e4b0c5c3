package io.quadric.engine.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.html.HtmlReport;
import io.quadric.engine.html.Part;
import io.quadric.engine.html.RunGroup;
import io.quadric.engine.html.RunParts;
import io.quadric.engine.html.RunParts.Outcomes;
import io.quadric.engine.report.Curve;
import io.quadric.engine.report.RunHistory;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The runs of `quadric compare`, method by method and seed by seed.
public final class Comparison {
    private final List<Made> runs = new ArrayList<>();

    /// A run that has ended.
    ///
    /// @param label of the run
    /// @param run what it was
    /// @param curve its evaluations
    /// @param history of its steps
    /// @param result its end
    public record Made(String label, RunSpec run, Curve curve, RunHistory history, TrainingResult result) {
        String method() {
            return run.optimizer().recipe();
        }

        boolean failed() {
            return result.outcome() instanceof TrainingOutcome.Failed;
        }
    }

    public void add(Made made) {
        runs.add(made);
    }

    public List<Curve> curves() {
        return runs.stream().map(Made::curve).toList();
    }

    public List<Summary.Row> rows() {
        return runs.stream().map(made -> new Summary.Row(made.label(), made.result())).toList();
    }

    public void json(ArrayNode to) {
        runs.forEach(made -> RunJson.append(made.label(), made.run(), made.result(), to));
    }

    private Map<String, List<Made>> byMethod() {
        Map<String, List<Made>> groups = new LinkedHashMap<>();
        runs.forEach(made -> groups.computeIfAbsent(made.method(), name -> new ArrayList<>()).add(made));
        return groups;
    }

    /// The report. The mean of several runs ends where the first one does, so those that failed are left out of it.
    public HtmlReport report(Dataset data, String command) {
        List<Outcomes> outcomes = new ArrayList<>();
        List<RunGroup> curves = new ArrayList<>();
        List<Part> hyperParameters = new ArrayList<>();
        byMethod().forEach((method, group) -> {
            List<Made> sound = group.stream().filter(made -> !made.failed()).toList();
            outcomes.add(new Outcomes(method, group.stream().map(Made::result).toList()));
            curves.add(new RunGroup(
                    method, (sound.isEmpty() ? group : sound).stream().map(Made::history).toList()));
            hyperParameters.add(RunParts.hyperParameters(group.getFirst().run().optimizer()));
        });
        RunSpec first = runs.getFirst().run();
        List<Part> parts = new ArrayList<>();
        parts.add(RunParts.results(outcomes));
        parts.add(new Part.Curves("Curves", curves));
        parts.add(RunParts.problem(first, data));
        parts.addAll(hyperParameters);
        parts.add(RunParts.provenance(Map.of("command", command)));
        parts.add(RunParts.model(first));
        return new HtmlReport(
                first.model().name() + ": " + String.join(", ", byMethod().keySet()),
                "From the same first parameters under the same limits, on " + data.name() + ".",
                parts);
    }
}
