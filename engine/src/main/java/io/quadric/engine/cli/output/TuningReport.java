package io.quadric.engine.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.experiment.HalvingPlan.Rung;
import io.quadric.engine.experiment.Tuning;
import io.quadric.engine.experiment.Tuning.Candidate;
import io.quadric.engine.experiment.Tuning.End;
import io.quadric.engine.report.Text;
import java.util.ArrayList;
import java.util.List;

/// A search as text and as JSON.
///
/// @param tuning what it came to
public record TuningReport(Tuning tuning) {
    /// A line for each candidate: its values, its loss at the end of each rung, and why it went no further.
    public String table() {
        List<Rung> rungs = tuning.plan().rungs();
        List<List<String>> rows = new ArrayList<>();
        List<String> heading = new ArrayList<>(tuning.candidates().getFirst().values().keySet());
        rungs.forEach(rung -> heading.add("loss at " + rung.updates()));
        heading.add("ended");
        rows.add(heading);
        for (Candidate candidate : tuning.candidates()) {
            List<String> row = new ArrayList<>(candidate.values().values());
            candidate.losses().forEach(loss -> row.add(Text.number(loss)));
            while (row.size() < heading.size() - 1) {
                row.add("");
            }
            row.add(ended(candidate.end()));
            rows.add(row);
        }
        return Text.table(rows);
    }

    private static String ended(End end) {
        return switch (end) {
            case End.Best best -> "best";
            case End.Behind behind -> "behind in rung " + behind.rung();
            case End.Failed failed -> "failed: " + failed.reason();
        };
    }

    /// The same with what was spent.
    public void write(ObjectNode node) {
        node.put("updates", tuning.plan().updates());
        EvaluationJson.number(node, "initialLoss", tuning.initial());
        ArrayNode rungs = node.putArray("rungs");
        tuning.plan().rungs().forEach(
                rung -> rungs.addObject().put("candidates", rung.candidates()).put("updates", rung.updates()));
        ArrayNode candidates = node.putArray("candidates");
        tuning.candidates().forEach(candidate -> write(candidate, candidates.addObject()));
        tuning.best().ifPresent(best -> best.values().forEach(node.putObject("best")::put));
    }

    private static void write(Candidate candidate, ObjectNode node) {
        candidate.values().forEach(node.putObject("values")::put);
        ArrayNode losses = node.putArray("losses");
        candidate.losses().forEach(loss -> {
            if (Double.isFinite(loss)) {
                losses.add(loss);
            } else {
                losses.addNull();
            }
        });
        switch (candidate.end()) {
            case End.Best best -> node.put("ended", "best");
            case End.Behind behind -> node.put("ended", "behind").put("rung", behind.rung());
            case End.Failed failed -> node.put("ended", "failed").put("rung", failed.rung())
                    .put("reason", failed.reason());
        }
    }
}
