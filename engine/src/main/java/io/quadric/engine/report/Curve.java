package io.quadric.engine.report;

import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.TrainingListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Collects the evaluations of a run.
public final class Curve implements TrainingListener {
    private final String name;
    private final List<Point> points = new ArrayList<>();

    /// An empty curve.
    ///
    /// @param name of the run
    public Curve(String name) {
        this.name = name;
    }

    /// An evaluation.
    ///
    /// @param at where
    /// @param evaluation what
    public record Point(Progress at, Evaluation evaluation) {}

    /// {@return the name of the run}
    public String name() {
        return name;
    }

    /// {@return the evaluations so far}
    public List<Point> points() {
        return Collections.unmodifiableList(points);
    }

    @Override
    public void started(Progress at, Evaluation evaluation) {
        points.add(new Point(at, evaluation));
    }

    @Override
    public void step(StepEvent event) {
        event.evaluation().ifPresent(evaluation -> points.add(new Point(event.at(), evaluation)));
    }
}
