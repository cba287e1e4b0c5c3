package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.internal.TrialObjective;
import java.util.Map;

/// One step of a [JudgedRun]: the gradient, the step δ that is tried, and the verdict on it.
public final class TrialStep {
    private final Start start;
    private final StepData data;
    private final long number;
    private final Vector gradient;
    private final Vector delta;
    private double loss = Double.NaN;
    private double objective;
    private double reductionRatio = Double.NaN;
    private double stepSize;
    private boolean judged;

    TrialStep(Start start, StepData data, long number, Workspace.Frame frame) {
        this.start = start;
        this.data = data;
        this.number = number;
        Vector theta = start.parameters().values();
        gradient = frame.vector(theta.precision(), theta.size());
        delta = frame.vector(theta.precision(), theta.size());
    }

    /// Computes f and ∇f on the gradient batch, and returns whether both are finite.
    boolean differentiate(Linearization at, Sink observer) {
        loss = at.loss();
        at.gradient(gradient, observer);
        return Double.isFinite(loss) && isFinite(gradient);
    }

    /// {@return k, the number of the step: 1, 2, …}
    public long number() {
        return number;
    }

    /// {@return the batches}
    public StepData data() {
        return data;
    }

    /// {@return f on the gradient batch, before the move}
    public double loss() {
        return loss;
    }

    /// {@return ∇f on the gradient batch}
    public Vector gradient() {
        return gradient;
    }

    /// {@return δ, for the proposal to write}
    public Vector delta() {
        return delta;
    }

    /// Computes f(θ + αδ). If the last value computed is not finite, the step will not be taken.
    ///
    /// @param batch the batch of f
    /// @param alpha α
    /// @return f(θ + αδ)
    public double objective(Batch batch, double alpha) {
        objective = new TrialObjective(start, batch).at(alpha, delta);
        return objective;
    }

    /// Compares the objective with the model: ρ = (f(θ + αδ) − f(θ)) / (m(αδ) − m(0)).
    ///
    /// @param batch the batch of f
    /// @param alpha α
    /// @param before f(θ) on the batch
    /// @param predicted m(αδ) − m(0), the change that the model predicts
    /// @return ρ
    public double compare(Batch batch, double alpha, double before, double predicted) {
        reductionRatio = (objective(batch, alpha) - before) / predicted;
        return reductionRatio;
    }

    /// Takes the step if its result is finite: θ ← θ + αδ.
    ///
    /// @param alpha α
    /// @return the verdict
    public StepOutcome move(double alpha) {
        if (!Double.isFinite(objective)) {
            return failNotFinite();
        }
        Vector theta = start.parameters().values();
        try (var frame = start.ws().open()) {
            Vector next = frame.vector(theta.precision(), theta.size());
            start.ws().ranges(next.size(), (range, from, to) -> next.slice(from, to)
                    .copyFrom(theta.slice(from, to)).axpy(alpha, delta.slice(from, to)));
            if (!isFinite(next)) {
                return fail(
                        "the parameters after the step are not finite; lower the learning rate or raise the damping");
            }
            become(next);
        }
        return moved(alpha);
    }

    /// Takes the step if its result is finite: θ ← δ, in which the caller has put the new parameters. Otherwise the
    /// step fails.
    ///
    /// @param alpha the length to be reported
    /// @param reason why the step has failed, if it has
    /// @return the verdict
    public StepOutcome replace(double alpha, String reason) {
        if (!isFinite(delta)) {
            return fail(reason);
        }
        become(delta);
        return moved(alpha);
    }

    private boolean isFinite(Vector v) {
        return start.ws().sum(v.size(), (from, to) -> v.slice(from, to).isFinite() ? 0 : 1) == 0;
    }

    private void become(Vector next) {
        start.parameters().update(theta -> start.ws().ranges(theta.size(),
                (range, from, to) -> theta.slice(from, to).copyFrom(next.slice(from, to))));
    }

    private StepOutcome moved(double alpha) {
        stepSize = alpha;
        judged = true;
        return new StepOutcome.Moved();
    }

    /// Leaves the parameters unchanged because of ρ, to which the method adapts as after a move.
    ///
    /// @param reason a sentence
    /// @return the verdict
    public StepOutcome refuse(String reason) {
        judged = Double.isFinite(objective);
        return judged ? new StepOutcome.Rejected(reason) : failNotFinite();
    }

    private StepOutcome failNotFinite() {
        return fail("the objective after the step is not finite (" + objective + ")");
    }

    /// Leaves the parameters unchanged because the step has failed.
    ///
    /// @param reason a sentence
    /// @return the verdict
    public StepOutcome fail(String reason) {
        return new StepOutcome.Rejected(reason);
    }

    /// Whether the step was taken or refused, rather than failed.
    boolean isJudged() {
        return judged;
    }

    /// {@return ρ, or NaN before it is known}
    public double reductionRatio() {
        return reductionRatio;
    }

    /// {@return α, 0 if the parameters were not moved}
    public double stepSize() {
        return stepSize;
    }

    /// Adds ρ and α to the figures.
    ///
    /// @param figures added to
    public void figures(Map<String, Double> figures) {
        figures.put("reductionRatio", reductionRatio);
        figures.put("stepSize", stepSize);
    }
}
