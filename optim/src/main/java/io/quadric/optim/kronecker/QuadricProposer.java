package io.quadric.optim.kronecker;

import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Draws;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
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
import java.util.random.RandomGenerator;

/// The memory of [Quadric]: λ, the factors with their inverses, and the previous step.
final class QuadricProposer implements Proposer {
    private static final int FIRST_OBSERVATIONS = 50;
    /// Inverses are renewed when they are older than a twentieth of the run.
    private static final int AGE_SHARE = 20;
    /// The most by which the factors forget faster in batches of few cases.
    private static final double FORGETFULNESS = 5;
    private static final double CUT = 4;
    private static final double REGAIN = 2;
    /// Of s at the beginning of a search: however many steps were undone, the next is not too short to be one.
    private static final double LEAST_SCALE = 1.0 / 256;
    private static final double STALE = Math.log(2);

    private final Quadric config;
    private final Start start;
    private final Workspace ws;
    private final KroneckerFactors factors;
    private final RelativeBlocks solver;
    private final SlopeRule rule;
    private final Vector diagonal;
    private final Vector previous;
    private double previousSlope;
    private double invertedLambda;
    private long invertedAt;
    private long observations;
    /// s of the last step, taken or not.
    private double scale = 1;

    QuadricProposer(Quadric config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        boolean direct = !start.parameters().layout().directSlices().isEmpty();
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        solver = new RelativeBlocks(config.factors().exponent(), start);
        rule = new SlopeRule(config.damping());
        diagonal = Vector.zeros(theta.precision(), direct ? theta.size() : 0);
        previous = Vector.zeros(theta.precision(), theta.size());
    }

    @Override
    public Proposal propose(TrialStep trial, Workspace.Frame frame) {
        return new Attempt(trial);
    }

    @Override
    public void adapt(TrialStep trial) {
        if (trial.stepSize() == 0) {
            failed();
        }
    }

    @Override
    public void failed() {
        rule.raise();
        previousSlope = 0;
    }

    /// One step.
    private final class Attempt implements Proposal {
        private final TrialStep trial;
        private final boolean observes;
        private final Observation observation;
        /// Of B in the curvature of B + λD along Δ.
        private double share = 1;
        private PlaneModel model = new PlaneModel(Double.NaN, 0, Double.NaN);
        private int leftOutFactors;

        Attempt(TrialStep trial) {
            this.trial = trial;
            observes = observations < FIRST_OBSERVATIONS || (trial.number() - 1) % config.factors().period() == 0;
            double decay = Math.min(1 - 1.0 / (observations + 1), decay(trial.data().gradient().weight()));
            observation = new Observation(decay, 1 - decay);
        }

        /// β, and less of it in batches of few cases.
        private double decay(double cases) {
            double few = Math.clamp(config.damping().fullBatch() / cases, 1, FORGETFULNESS);
            return Math.max(0, 1 - few * (1 - config.factors().decay()));
        }

        /// A comes from the gradient's own pass.
        @Override
        public Objective.Observer observer(Objective at) {
            return observes ? factors.begin(observation, config.factors().source()) : Objective.Observer.NONE;
        }

        @Override
        public CaseSet batch(StepData data) {
            return data.gradient();
        }

        @Override
        public Optional<String> solve(Objective at) {
            double cases = trial.data().gradient().weight();
            if (observations == 0) {
                rule.begin(cases);
            }
            if (observes) {
                measure(at);
            }
            if (previousSlope != 0) {
                double slope = trial.gradient().dot(previous);
                if (!Double.isFinite(slope)) {
                    return Optional.of("the slope along the previous step is not finite; it is forgotten");
                }
                rule.observe(slope, previousSlope, cases);
            }
            if (invertsAt(trial.number())) {
                solver.prepare(factors, diagonal, rule.lambda());
                invertedLambda = rule.lambda();
                invertedAt = trial.number();
            }
            Vector delta = trial.delta();
            delta.copyFrom(trial.gradient());
            solver.apply(delta, rule.lambda());
            model = model(at, delta);
            rule.observe(-model.alpha(), share);
            combine(delta);
            return model.change() < 0 && delta.isFinite()
                    ? Optional.empty()
                    : Optional.of("the model has no minimum in the plane of the direction and the previous step");
        }

        private void measure(Objective at) {
            leftOutFactors = factors.finish(
                    observation, at, config.factors().source(), new Draws(start.seed(), trial.number()));
            observations++;
            if (diagonal.size() == 0) {
                return;
            }
            try (var frame = ws.open()) {
                Vector fisher = frame.vector(diagonal.precision(), diagonal.size());
                at.mean(new FisherDiagonal(), fisher.slice(0, 0), new Draws(start.seed(), trial.number()), fisher);
                if (fisher.isFinite()) {
                    diagonal.axpby(observation.weight(), fisher, observation.decay());
                }
            }
        }

        private boolean invertsAt(long k) {
            return k - invertedAt >= Math.clamp(k / AGE_SHARE, 1, config.factors().inversePeriod())
                    || Math.abs(Math.log(rule.lambda() / invertedLambda)) > STALE;
        }

        private PlaneModel model(Objective at, Vector direction) {
            double slope = trial.gradient().dot(direction);
            if (config.steps().length() == Quadric.Length.WHOLE) {
                return new PlaneModel(-1, 0, -0.5 * slope);
            }
            boolean both = config.steps().length() == Quadric.Length.EXACT_WITH_MOMENTUM && previousSlope != 0;
            try (var frame = ws.open()) {
                Matrix plane = frame.matrix(direction.precision(), both ? 2 : 1, direction.size());
                plane.row(0).copyFrom(direction);
                if (both) {
                    plane.row(1).copyFrom(previous);
                }
                Matrix b = frame.matrix(Precision.FLOAT64, plane.rows(), plane.rows());
                at.gaussNewton().quadraticForms(plane, b, ws);
                double ofBatch = b.get(0, 0);
                damp(plane, b);
                share = ofBatch / b.get(0, 0);
                return both
                        ? PlaneModel.minimum(slope, trial.gradient().dot(previous), b, config.steps().momentumLimit())
                        : PlaneModel.along(slope, b.get(0, 0));
            }
        }

        /// b ← b + λ V D Vᵀ
        private void damp(Matrix v, Matrix b) {
            try (var frame = ws.open()) {
                Vector scaled = frame.vector(v.precision(), v.columns());
                for (int i = 0; i < v.rows(); i++) {
                    Hadamard.SET.multiply(v.row(i).asRow(), solver.scale().asRow(), scaled.asRow(), ws);
                    for (int j = 0; j < v.rows(); j++) {
                        b.set(i, j, b.get(i, j) + rule.lambda() * scaled.dot(v.row(j)));
                    }
                }
            }
        }

        /// δ ← αΔ + μδ₀
        private void combine(Vector delta) {
            delta.scale(model.alpha());
            if (model.mu() != 0) {
                delta.axpy(model.mu(), previous);
            }
        }

        @Override
        public StepOutcome judge() {
            double slope = trial.gradient().dot(trial.delta());
            if (config.steps().undo() && !search(slope)) {
                return trial.refuse("the loss of the batch would rise; the damping does");
            }
            StepOutcome outcome = trial.move(scale);
            if (outcome instanceof StepOutcome.Moved) {
                previous.copyFrom(trial.delta()).scale(scale);
                previousSlope = scale * slope;
            }
            return outcome;
        }

        /// Finds s, from twice that of the last step down, such that f of the minibatch at θ + sδ is no higher.
        private boolean search(double slope) {
            scale = Math.clamp(REGAIN * scale, LEAST_SCALE, 1);
            for (int cuts = 0; !lowers(slope); cuts++) {
                if (cuts == config.steps().cuts()) {
                    return false;
                }
                scale /= CUT;
                rule.cut(trial.data().gradient().weight());
            }
            return true;
        }

        /// @param slope gᵀδ
        private boolean lowers(double slope) {
            double predicted = scale * slope + scale * scale * (model.change() - slope);
            return trial.compare(trial.data().gradient(), scale, trial.loss(), predicted) >= 0;
        }

        @Override
        public void figures(Map<String, Double> figures) {
            figures.put("damping", rule.lambda());
            figures.put("slope", rule.slope());
            trial.figures(figures);
            figures.put("stepSize", scale * Math.abs(model.alpha()));
            figures.put("momentum", scale * model.mu());
            figures.put("blocksWithRaisedDamping", (double) solver.troubledBlocks());
            figures.put("leftOutFactors", (double) leftOutFactors);
        }
    }

    /// The diagonal of the empirical Fisher matrix.
    private record FisherDiagonal() implements Objective.Mean {
        @Override
        public int size(Model model) {
            return model.network().layout().size();
        }

        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            at.empiricalFisherDiagonal(mean);
            return 0;
        }
    }

    @Override
    public void serialize(Archive archive) {
        previousSlope = archive.number("previousSlope", previousSlope);
        invertedLambda = archive.number("invertedLambda", invertedLambda);
        invertedAt = archive.count("invertedAt", invertedAt);
        observations = archive.count("observations", observations);
        scale = archive.number("scaleOfStep", scale);
        archive.array("previous", previous);
        if (diagonal.size() > 0) {
            archive.array("diagonal", diagonal);
        }
        rule.serialize(archive);
        factors.serialize(archive);
        solver.serialize(archive);
    }
}
