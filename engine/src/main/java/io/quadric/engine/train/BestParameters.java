package io.quadric.engine.train;

import io.quadric.linalg.Vector;
import java.util.Optional;

/// Keeps the parameters with the lowest loss of the cases that validate, or where there are none of those that train,
/// and ends a run that has found no better ones for some time.
public final class BestParameters implements Stop {
    private final Trainer trainer;
    private final int patience;
    private final Vector best;
    private Evaluation evaluation;
    private Progress at;
    private int since;

    /// Begins with the parameters that a run has come to.
    ///
    /// @param trainer the run
    /// @param patience evaluations without a better one after which the run ends; 0 if it does not
    /// @throws IllegalArgumentException if the patience is negative
    public BestParameters(Trainer trainer, int patience) {
        if (patience < 0) {
            throw new IllegalArgumentException("patience is " + patience + ", expected at least 0");
        }
        this.trainer = trainer;
        this.patience = patience;
        best = trainer.evaluated().copy();
        evaluation = trainer.evaluation();
        at = trainer.at();
    }

    /// The loss that decides.
    private static double judged(Evaluation evaluation) {
        return evaluation.testLoss().orElse(evaluation.trainLoss());
    }

    @Override
    public Optional<String> reason(StepEvent event) {
        if (event.evaluation().isEmpty()) {
            return Optional.empty();
        }
        since++;
        offer(event.evaluation().get());
        return patience > 0 && since >= patience
                ? Optional.of("no lower loss in " + since + " evaluations")
                : Optional.empty();
    }

    /// Keeps the parameters at hand if they are better.
    ///
    /// @param candidate their evaluation
    public void offer(Evaluation candidate) {
        if (judged(candidate) < judged(evaluation) || !Double.isFinite(judged(evaluation))) {
            best.copyFrom(trainer.evaluated());
            evaluation = candidate;
            at = trainer.at();
            since = 0;
        }
    }

    /// {@return the parameters}, which a later step of the run may change
    public Vector parameters() {
        return best;
    }

    /// {@return their evaluation}
    public Evaluation evaluation() {
        return evaluation;
    }

    /// {@return when the run had come to them}
    public Progress at() {
        return at;
    }
}
