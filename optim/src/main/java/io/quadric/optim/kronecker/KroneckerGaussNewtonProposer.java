package io.quadric.optim.kronecker;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.step.Proposal;
import io.quadric.optim.step.Proposer;
import io.quadric.optim.step.TrialStep;
import java.util.Map;
import java.util.Optional;

/// The memory of [KroneckerGaussNewton]: γ, τ and, if they are averages, the factors.
final class KroneckerGaussNewtonProposer implements Proposer {
    private final KroneckerGaussNewton config;
    private final Start start;
    private final Workspace ws;
    private final KroneckerFactors factors;
    private final DampedBlocks solver;
    private double gamma;
    private double tau;
    private long observations;

    KroneckerGaussNewtonProposer(KroneckerGaussNewton config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        solver = new DampedBlocks(factors, config.blocks(), start);
        gamma = config.gammaRule().initial();
        tau = config.tauRule().initial();
    }

    @Override
    public Proposal propose(TrialStep trial, Workspace.Frame frame) {
        return new Attempt(trial);
    }

    @Override
    public void adapt(TrialStep trial) {
        if (trial.reductionRatio() < config.smallestRatio()) {
            failed();
        } else if (config.tauRule().isDue(trial.number())) {
            tau = Math.min(config.tauRule().next(tau, trial.reductionRatio()), Double.MAX_VALUE);
        }
    }

    @Override
    public void failed() {
        tau = Math.min(Math.max(tau, Double.MIN_NORMAL) / config.tauRule().factor(), Double.MAX_VALUE);
    }

    /// The full model along a direction: α slope + ½α² bend.
    private record Line(double slope, double bend) {
        double minimiser() {
            return -slope / bend;
        }

        double at(double alpha) {
            return alpha * slope + 0.5 * alpha * alpha * bend;
        }

        /// By how much the model falls at its minimiser; not a number where there is none.
        double reduction() {
            return bend > 0 ? 0.5 * slope * slope / bend : Double.NaN;
        }
    }

    /// One step.
    private final class Attempt implements Proposal {
        private final TrialStep trial;
        private final Observation observation;
        private Line line = new Line(Double.NaN, Double.NaN);
        private int leftOutFactors;

        Attempt(TrialStep trial) {
            this.trial = trial;
            double decay = observations == 0 ? 0 : config.blocks().decay();
            observation = new Observation(decay, 1 - decay, config.blocks().samples());
        }

        @Override
        public Objective.Observer observer(Objective at) {
            return factors.begin(observation, config.source());
        }

        @Override
        public CaseSet batch(StepData data) {
            return data.gradient();
        }

        @Override
        public Optional<String> solve(Objective at) {
            leftOutFactors = factors.finish(
                    observation, at, config.source(), new Draws(start.seed(), trial.number()));
            observations++;
            solver.factor();
            line = solve(at, gamma, trial.delta());
            if (config.gammaRule().isDue(trial.number())) {
                tryOtherDampings(at);
            }
            boolean found = Double.isFinite(line.minimiser()) && trial.delta().isFinite() && line.bend() > 0;
            return found
                    ? Optional.empty()
                    : Optional.of("the model has no minimum along the direction (slope " + line.slope()
                            + ", curvature " + line.bend() + "); raise γ or τ");
        }

        /// direction ← the damped blocks' solution for the gradient.
        private Line solve(Objective at, double damping, Vector direction) {
            solver.damp(damping + start.model().l2());
            direction.copyFrom(trial.gradient());
            solver.apply(direction);
            return new Line(direction.dot(trial.gradient()), curvatureAlong(at, direction));
        }

        /// Tries ωγ and γ/ω and keeps the better direction and its γ.
        private void tryOtherDampings(Objective at) {
            double factor = config.gammaRule().factor();
            double before = gamma;
            try (var frame = ws.open()) {
                Vector other = frame.vector(trial.delta().precision(), trial.delta().size());
                for (double tried : new double[]{before * factor, before / factor}) {
                    Line its = solve(at, tried, other);
                    if (its.reduction() > line.reduction() && other.isFinite()) {
                        line = its;
                        gamma = Math.min(tried, Double.MAX_VALUE);
                        trial.delta().copyFrom(other);
                    }
                }
            }
        }

        /// δᵀBδ + τ‖δ‖²
        private double curvatureAlong(Objective at, Vector direction) {
            return at.gaussNewton().quadraticForm(direction, ws) + tau * direction.dot(direction);
        }

        @Override
        public StepOutcome judge() {
            double alpha = line.minimiser();
            if (config.compares(trial.number())) {
                double ratio = trial.compare(trial.data().gradient(), alpha, trial.loss(), line.at(alpha));
                if (ratio < config.smallestRatio()) {
                    return trial.refuse("the reduction ratio " + ratio + " is below " + config.smallestRatio());
                }
            }
            return trial.move(alpha);
        }

        @Override
        public void figures(Map<String, Double> figures) {
            figures.put("damping", gamma);
            figures.put("tau", tau);
            trial.figures(figures);
            figures.put("stepSize", Math.abs(trial.stepSize()));
            figures.put("blocksWithRaisedDamping", (double) solver.troubledBlocks());
            figures.put("leftOutFactors", (double) leftOutFactors);
        }
    }

    @Override
    public void serialize(Archive archive) {
        gamma = archive.number("gamma", gamma);
        tau = archive.number("tau", tau);
        observations = archive.count("observations", observations);
        // factors that are not finite, and blocks that cannot be inverted, leave what was there before
        factors.serialize(archive);
        solver.serialize(archive);
    }
}
