package io.quadric.optim;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.optim.KroneckerFactors.Observation;
import java.util.LinkedHashMap;
import java.util.Map;

/// The run of [KroneckerNewton].
final class KroneckerNewtonRun implements Run {
    private static final String METHOD = "kronecker-newton";

    private final KroneckerNewton config;
    private final Start start;
    private final Workspace ws;
    private final KroneckerFactors factors;
    private final KroneckerPreconditioner preconditioner;
    private double tau;
    private long steps;

    KroneckerNewtonRun(KroneckerNewton config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        preconditioner = new KroneckerPreconditioner(start.parameters().layout(), theta, ws);
        tau = config.rule().tau();
    }

    @Override
    public StepReport step(StepData data) {
        steps++;
        try (var frame = ws.open()) {
            return new Attempt(data, frame).run();
        }
    }

    /// One step: its vectors and figures.
    private final class Attempt {
        private final StepData data;
        private final Vector gradient;
        private final Vector delta;
        private final double tauHere = tau;
        private double loss;
        private double reductionRatio = Double.NaN;
        private double stepSize;

        Attempt(StepData data, Workspace.Frame frame) {
            this.data = data;
            Vector theta = start.parameters().values();
            gradient = frame.vector(theta.precision(), theta.size());
            delta = frame.vector(theta.precision(), theta.size());
        }

        StepReport run() {
            StepOutcome outcome = attempt();
            if (outcome instanceof StepOutcome.Rejected) {
                tau = Math.max(tau, Double.MIN_NORMAL) / config.rule().tauFactor();
            }
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("damping", config.gamma());
            figures.put("tau", tauHere);
            figures.put("reductionRatio", reductionRatio);
            figures.put("stepSize", stepSize);
            figures.put("blocksWithRaisedDamping", (double) preconditioner.raisedBlocks());
            return new StepReport(steps, loss, outcome, figures);
        }

        private StepOutcome attempt() {
            double slope;
            double bend;
            try (var at = Linearization.at(start.model(), start.parameters(), data.gradient(), ws)) {
                loss = at.loss();
                at.gradient(gradient);
                if (!Double.isFinite(loss) || !gradient.isFinite()) {
                    return new StepOutcome.Rejected("the objective (" + loss + ") or its gradient is not finite");
                }
                factors.observe(new Observation(0, 1), at, config.source(), StepRandom.of(start.seed(), steps));
                preconditioner.prepare(factors, config.gamma() + start.model().l2(), true);
                delta.copyFrom(gradient);
                preconditioner.apply(delta);
                slope = delta.dot(gradient);
                bend = curvatureAlong(at);
            }
            double alpha = -slope / bend;
            if (!Double.isFinite(alpha) || !delta.isFinite() || bend <= 0) {
                return new StepOutcome.Rejected("the model has no minimum along the direction (slope " + slope
                        + ", curvature " + bend + "); raise γ or τ");
            }
            return move(alpha, alpha * slope + 0.5 * alpha * alpha * bend);
        }

        /// δᵀBδ + τ‖δ‖²
        private double curvatureAlong(Linearization at) {
            try (var frame = ws.open()) {
                Vector product = frame.vector(delta.precision(), delta.size());
                at.gaussNewton().damped(tau).apply(delta, product, ws);
                return delta.dot(product);
            }
        }

        private StepOutcome move(double alpha, double predicted) {
            double trial = new TrialObjective(start, data.gradient()).at(alpha, delta);
            reductionRatio = (trial - loss) / predicted;
            if (!Double.isFinite(trial)) {
                return new StepOutcome.Rejected("the objective after the step is not finite (" + trial + ")");
            }
            if (config.rule().isDue(steps)) {
                tau = config.rule().next(tau, reductionRatio);
            }
            stepSize = alpha;
            start.parameters().update(theta -> theta.axpy(alpha, delta));
            return new StepOutcome.Moved();
        }
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public State state() {
        State state = new State(METHOD);
        state.put("steps", steps);
        state.put("tau", tau);
        return state;
    }

    @Override
    public void restore(State state) {
        state.require(METHOD);
        tau = state.number("tau");
        steps = (long) state.number("steps");
    }
}
