package io.quadric.optim.step;

import io.quadric.nn.CaseSet;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The run of every method. Step k = 1, 2, …:
/// 1. f and ∇f are computed on the gradient batch, observed by the [Proposal];
/// 2. the proposal solves for a step δ, usually by a quadratic model of f on the curvature batch;
/// 3. δ is judged, usually by comparing f(θ + δ) with the model: it is taken, shortened and taken, or refused;
/// 4. the [Proposer] adapts its damping to the verdict.
///
/// A step fails, and is not judged, if the gradient is not finite or no δ is found.
public final class JudgedRun implements Run {
    private final String method;
    private final Start start;
    private final Proposer proposer;
    private long steps;

    /// A run at its beginning.
    ///
    /// @param method the name of the method, which its states carry
    /// @param start model, parameters, workspace
    /// @param proposer the method
    public JudgedRun(String method, Start start, Proposer proposer) {
        this.method = method;
        this.start = start;
        this.proposer = proposer;
    }

    @Override
    public void prepare() {
        proposer.prepare();
    }

    @Override
    public StepReport step(StepData data) {
        prepare();
        steps++;
        try (var frame = start.ws().open()) {
            TrialStep trial = new TrialStep(start, data, steps, frame);
            Proposal proposal = proposer.propose(trial, frame);
            StepOutcome outcome = attempt(trial, proposal);
            if (outcome instanceof StepOutcome.Rejected) {
                outcome = faultOf(data).<StepOutcome>map(trial::fail).orElse(outcome);
            }
            Map<String, Double> figures = new LinkedHashMap<>();
            proposal.figures(figures);
            if (trial.isJudged()) {
                proposer.adapt(trial);
            } else {
                proposer.failed();
            }
            return new StepReport(steps, trial.loss(), outcome, figures);
        }
    }

    /// What is wrong with the batches themselves: no setting of the method helps against that.
    private Optional<String> faultOf(StepData data) {
        for (BatchRole role : BatchRole.values()) {
            Optional<String> spoiled = data.of(role).notFinite(start.model(), start.ws());
            if (spoiled.isPresent()) {
                return Optional.of("the " + spoiled.get() + " of the " + role.name().toLowerCase(Locale.ROOT)
                        + " batch hold NaN or infinite numbers; mend the data");
            }
        }
        return Optional.empty();
    }

    private StepOutcome attempt(TrialStep trial, Proposal proposal) {
        CaseSet gradientBatch = trial.data().gradient();
        CaseSet batch = proposal.batch(trial.data());
        Optional<String> trouble = Optional.empty();
        try (var at = linearize(gradientBatch)) {
            if (!trial.differentiate(at, proposal.observer(at))) {
                return trial
                        .fail("the objective (" + trial.loss() + ") or its gradient is not finite: the numbers of the"
                                + " batch are too large, or the last step was too long");
            }
            start.gradients().accept(trial.gradient());
            proposal.observe(at);
            if (batch == gradientBatch) {
                trouble = proposal.solve(at);
            }
        }
        if (batch != gradientBatch) {
            try (var at = linearize(batch)) {
                trouble = proposal.solve(at);
            }
        }
        return trouble.map(trial::fail).orElseGet(proposal::judge);
    }

    private Objective linearize(CaseSet batch) {
        return batch.at(start.model(), start.parameters(), start.ws());
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public State state() {
        State state = new State(method);
        serialize(Archive.into(state));
        return state;
    }

    @Override
    public void restore(State state) {
        state.require(method);
        serialize(Archive.from(state));
    }

    private void serialize(Archive archive) {
        steps = archive.count("steps", steps);
        proposer.serialize(archive);
    }
}
