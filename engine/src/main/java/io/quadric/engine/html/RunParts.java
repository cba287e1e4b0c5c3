package io.quadric.engine.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.LibraryVersion;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.report.Machine;
import io.quadric.engine.report.MeanAndDeviation;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.BatchSizes;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.recipe.Optimizers;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The parts of a report that say what was run and what it came to.
public final class RunParts {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT);

    private RunParts() {}

    /// What runs that differ by their seed alone came to.
    ///
    /// @param name of the group
    /// @param results of its runs
    public record Outcomes(String name, List<TrainingResult> results) {
        /// {@return the results of the runs that did not fail, or of all if all did}
        public List<TrainingResult> sound() {
            List<TrainingResult> sound = results.stream()
                    .filter(result -> !(result.outcome() instanceof TrainingOutcome.Failed))
                    .toList();
            return sound.isEmpty() ? results : sound;
        }

        /// {@return how the runs ended}, with how many did where they differ
        public String ended() {
            Map<String, Long> counts = results.stream().collect(Collectors.groupingBy(
                    result -> RunParts.ended(result.outcome()), LinkedHashMap::new, Collectors.counting()));
            return counts.size() == 1
                    ? counts.keySet().iterator().next()
                    : counts.entrySet().stream()
                            .map(ending -> ending.getKey() + " (" + ending.getValue() + ")")
                            .collect(Collectors.joining(", "));
        }
    }

    /// {@return a table with a row for each group}: means, and standard deviations where there are several runs
    ///
    /// @param groups of runs
    public static Part.Rows results(List<Outcomes> groups) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("run", "runs", "epochs", "steps", "seconds", "first training loss", "training loss",
                "test loss",
                "test error", "ended"));
        groups.forEach(group -> rows.add(row(group)));
        return new Part.Rows("Results", groups.stream().anyMatch(group -> group.results().size() > 1)
                ? "Means over the runs of each row that did not fail ± one standard deviation."
                : "", rows);
    }

    private static List<String> row(Outcomes group) {
        List<TrainingResult> all = group.sound();
        return List.of(
                group.name(),
                Integer.toString(group.results().size()),
                mean(all, "%.1f", r -> r.at().epoch()),
                mean(all, "%.0f", r -> r.at().step()),
                mean(all, "%.2f", r -> r.at().seconds()),
                mean(all, "%.5g", r -> r.initial().trainLoss()),
                spread(all.stream().map(r -> OptionalDouble.of(r.last().trainLoss())), 1),
                spread(all.stream().map(r -> r.last().testLoss()), 1),
                spread(all.stream().map(r -> r.last().testError()), 100),
                group.ended());
    }

    private static String mean(List<TrainingResult> all, String format, ToDoubleFunction<TrainingResult> figure) {
        return String.format(Locale.ROOT, format, all.stream().mapToDouble(figure).average().orElse(Double.NaN));
    }

    private static String spread(Stream<OptionalDouble> numbers, double unit) {
        double[] values = numbers.flatMapToDouble(OptionalDouble::stream).map(value -> value * unit).toArray();
        MeanAndDeviation spread = MeanAndDeviation.of(values);
        if (values.length == 0) {
            return "–";
        }
        return unit == 100
                ? spread.text(mean -> String.format(Locale.ROOT, "%.2f", mean)) + " %"
                : spread.text(Text::number);
    }

    private static String ended(TrainingOutcome outcome) {
        return switch (outcome) {
            case TrainingOutcome.Completed c -> "at the limit";
            case TrainingOutcome.Stalled s -> "stalled: " + s.reason();
            case TrainingOutcome.Stopped s -> "stopped: " + s.reason();
            case TrainingOutcome.Failed f -> "failed: " + f.reason();
        };
    }

    /// {@return model, data, batches, method and seed}
    ///
    /// @param run what was trained
    /// @param data on what
    public static Part.Facts settings(RunSpec run, Dataset data) {
        Map<String, String> facts = new LinkedHashMap<>(problem(run, data).values());
        facts.put("method", method(run.optimizer()));
        BatchSizes sizes = run.plan().sizes();
        facts.put("batches", sizes.gradient() + " cases"
                + (sizes.curvature() > 0 ? ", " + sizes.curvature() + " for the curvature" : "")
                + (sizes.evaluation() > 0 ? ", " + sizes.evaluation() + " to judge steps" : ""));
        facts.put("seed", Long.toString(run.plan().seed()));
        return new Part.Facts("Settings", facts);
    }

    /// {@return model and data}
    ///
    /// @param run what was trained
    /// @param data on what
    public static Part.Facts problem(RunSpec run, Dataset data) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", String.format(
                Locale.ROOT, "%s, %,d parameters", run.model().name(), run.model().model().network().layout().size()));
        facts.put("data", String.format(Locale.ROOT, "%s: %,d cases%s", run.data(), data.train().cases(),
                data.test().map(test -> String.format(Locale.ROOT, ", %,d to test", test.cases())).orElse("")));
        facts.put("L2 penalty", Text.number(run.model().model().l2()));
        facts.put("precision", run.precision().name().toLowerCase(Locale.ROOT));
        facts.put("initialization", run.initialization().name());
        return new Part.Facts("Problem", facts);
    }

    /// {@return the method with what differs from its defaults}
    ///
    /// @param method a recipe with hyper-parameters
    public static String method(OptimizerSpec method) {
        return method.recipe() + String.join("", method.values().entrySet().stream()
                .map(value -> " " + value.getKey() + "=" + value.getValue())
                .toList());
    }

    /// {@return the hyper-parameters of a method, those that were given marked}
    ///
    /// @param method a recipe with hyper-parameters
    public static Part.Rows hyperParameters(OptimizerSpec method) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("hyper-parameter", "value", "", "meaning"));
        for (HyperParameter parameter : HyperParameters.of(method.optimizer())) {
            String given = method.values().containsKey(parameter.name()) ? "given" : "default";
            rows.add(List.of(parameter.name(), parameter.value(), given, parameter.meaning()));
        }
        String source = Optimizers.named(method.recipe()).source();
        return new Part.Rows("Hyper-parameters of " + method.recipe(), source + ".", rows);
    }

    /// {@return where and when the runs were made}
    ///
    /// @param more facts before these
    public static Part.Facts provenance(Map<String, String> more) {
        Map<String, String> facts = new LinkedHashMap<>(more);
        facts.put("date", DATE.format(ZonedDateTime.now(ZoneId.systemDefault())));
        facts.put("Quadric", LibraryVersion.get());
        Map<String, String> machine = Machine.facts();
        for (String name : List.of("processor", "JDK", "kernels")) {
            facts.put(name, machine.get(name));
        }
        return new Part.Facts("Provenance", facts);
    }

    /// {@return the model in JSON}, as it can be trained again
    ///
    /// @param run what was trained
    public static Part.Listing model(RunSpec run) {
        ObjectNode json = ModelJson.write(run.model());
        return new Part.Listing("The model in JSON", json.toPrettyString());
    }
}
