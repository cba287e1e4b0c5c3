package io.quadric.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run has done so far, as lines of a log, in bounded memory: of a long run every second, fourth, … step. The
/// last line is always there.
public final class RunHistory implements TrainingListener {
    private static final int MOST = 2048;

    private final LayerNorms norms;
    private final Thinned<JsonNode> steps = new Thinned<>(MOST);
    private final Thinned<JsonNode> evaluations = new Thinned<>(MOST);
    private Optional<JsonNode> lastStep = Optional.empty();
    private Optional<JsonNode> lastEvaluation = Optional.empty();

    /// The history of a run that begins or goes on.
    ///
    /// @param norms of its parameters
    public RunHistory(LayerNorms norms) {
        this.norms = norms;
    }

    /// {@return the history in a log}
    ///
    /// @param lines of the log
    public static RunHistory of(List<JsonNode> lines) {
        RunHistory history = new RunHistory(LayerNorms.none());
        lines.forEach(history::add);
        return history;
    }

    /// Adds a line of a log; one without a step, as the first one is, tells nothing.
    ///
    /// @param line the line
    public void add(JsonNode line) {
        if (!line.has("step")) {
            return;
        }
        if (line.path("step").asLong() > 0) {
            steps.offer(line);
            lastStep = Optional.of(line);
        }
        if (line.has("trainLoss")) {
            evaluations.offer(line);
            lastEvaluation = Optional.of(line);
        }
    }

    @Override
    public void started(Progress at, Evaluation evaluation) {
        if (lastEvaluation.isEmpty()) {
            add(LogLine.started(at, evaluation, norms));
        }
    }

    @Override
    public void step(StepEvent event) {
        add(LogLine.step(event, norms));
    }

    /// {@return the lines of steps}
    public List<JsonNode> steps() {
        return withLast(steps.elements(), lastStep);
    }

    /// {@return the lines of evaluated steps, the beginning among them}
    public List<JsonNode> evaluations() {
        return withLast(evaluations.elements(), lastEvaluation);
    }

    private static List<JsonNode> withLast(List<JsonNode> lines, Optional<JsonNode> last) {
        if (last.isEmpty() || lines.getLast() == last.get()) {
            return lines;
        }
        List<JsonNode> all = new ArrayList<>(lines);
        all.add(last.get());
        return all;
    }
}
