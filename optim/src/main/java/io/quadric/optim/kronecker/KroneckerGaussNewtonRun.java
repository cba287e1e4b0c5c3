package io.quadric.optim.kronecker;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.internal.KroneckerInverses;
import io.quadric.optim.internal.StepRandom;
import io.quadric.optim.internal.TrialObjective;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The run of [KroneckerGaussNewton].
final class KroneckerGaussNewtonRun implements Run {
    private static final String METHOD = "kronecker-newton";

    private final KroneckerGaussNewton config;
    private final Start start;
    private final Workspace ws;
    private final KroneckerFactors factors;
    private final KroneckerInverses preconditioner;
    private double gamma;
    private double tau;
    private long steps;

    KroneckerGaussNewtonRun(KroneckerGaussNewton config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        preconditioner = new KroneckerInverses(start.parameters().layout(), theta, ws);
        gamma = config.blockDamping().gamma();
        tau = config.rule().tau();
    }

    @Override
    public StepReport step(StepData data) {
        steps++;
        try (var frame = ws.open()) {
            return new Attempt(data, frame).run();
        }
    }

    /// The full model along a direction: α slope + ½α² bend.
    private record Line(double slope, double bend) {
        double minimiser() {
            return -slope / bend;
        }

        /// By how much the model falls at its minimiser; not a number where there is none.
        double reduction() {
            return bend > 0 ? 0.5 * slope * slope / bend : Double.NaN;
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
        private int leftOutFactors;

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
            figures.put("damping", gamma);
            figures.put("tau", tauHere);
            figures.put("reductionRatio", reductionRatio);
            figures.put("stepSize", stepSize);
            figures.put("blocksWithRaisedDamping", (double) preconditioner.raisedBlocks());
            figures.put("leftOutFactors", (double) leftOutFactors);
            return new StepReport(steps, loss, outcome, figures);
        }

        private StepOutcome attempt() {
            Line line;
            try (var at = Linearization.at(start.model(), start.parameters(), data.gradient(), ws)) {
                loss = at.loss();
                at.gradient(gradient);
                if (!Double.isFinite(loss) || !gradient.isFinite()) {
                    return new StepOutcome.Rejected("the objective (" + loss + ") or its gradient is not finite");
                }
                RandomGenerator random = StepRandom.of(start.seed(), steps);
                leftOutFactors = factors.observe(new Observation(0, 1), at, config.source(), random);
                line = solve(at, gamma, delta);
                if (config.blockDamping().isDue(steps)) {
                    line = withOtherDamping(at, line);
                }
            }
            double alpha = line.minimiser();
            if (!Double.isFinite(alpha) || !delta.isFinite() || line.bend() <= 0) {
                return new StepOutcome.Rejected("the model has no minimum along the direction (slope " + line.slope()
                        + ", curvature " + line.bend() + "); raise γ or τ");
            }
            return move(alpha, alpha * line.slope() + 0.5 * alpha * alpha * line.bend());
        }

        /// direction ← the damped blocks' solution for the gradient.
        private Line solve(Linearization at, double damping, Vector direction) {
            preconditioner.prepare(factors, damping + start.model().l2(), true);
            direction.copyFrom(gradient);
            preconditioner.apply(direction);
            return new Line(direction.dot(gradient), curvatureAlong(at, direction));
        }

        /// Tries ωγ and γ/ω and keeps the better direction and its γ.
        private Line withOtherDamping(Linearization at, Line first) {
            double factor = config.blockDamping().gammaFactor();
            double before = gamma;
            Line best = first;
            try (var frame = ws.open()) {
                Vector other = frame.vector(delta.precision(), delta.size());
                for (double tried : new double[]{before * factor, before / factor}) {
                    Line line = solve(at, tried, other);
                    if (line.reduction() > best.reduction() && other.isFinite()) {
                        best = line;
                        gamma = tried;
                        delta.copyFrom(other);
                    }
                }
            }
            return best;
        }

        /// δᵀBδ + τ‖δ‖²
        private double curvatureAlong(Linearization at, Vector direction) {
            try (var frame = ws.open()) {
                Vector product = frame.vector(direction.precision(), direction.size());
                at.gaussNewton().damped(tau).apply(direction, product, ws);
                return direction.dot(product);
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
        state.put("gamma", gamma);
        state.put("tau", tau);
        return state;
    }

    @Override
    public void restore(State state) {
        state.require(METHOD);
        gamma = state.number("gamma");
        tau = state.number("tau");
        steps = (long) state.number("steps");
    }
}
