package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.linalg.solver.IterateListener;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.Outcome;
import io.quadric.linalg.solver.SolveReport;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.internal.TrialObjective;
import io.quadric.optim.step.Proposal;
import io.quadric.optim.step.Proposer;
import io.quadric.optim.step.TrialStep;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The memory of [HessianFree]: the iterate from which CG starts, and λ, μ and r, which are adapted.
final class HessianFreeProposer implements Proposer {
    private final HessianFree config;
    private final Start start;
    private final CgObserver observer;
    private final Workspace ws;
    private final Vector startIterate;
    private final Optional<KeptPreconditioner> kept;
    private double lambda;
    private double mu;
    private double radius;
    /// M(δ) of the last step
    private double predicted;

    HessianFreeProposer(HessianFree config, Start start, CgObserver observer) {
        this.config = config;
        this.start = start;
        this.observer = observer;
        ws = start.ws();
        Vector theta = start.parameters().values();
        startIterate = Vector.zeros(theta.precision(), theta.size());
        kept = config.usedPreconditioner().start(start);
        lambda = config.damping().lambda();
        mu = config.structural().mu();
        radius = config.solver().region().radius();
    }

    @Override
    public Proposal propose(TrialStep trial, Workspace.Frame frame) {
        return new Attempt(trial, frame);
    }

    @Override
    public void adapt(TrialStep trial) {
        double factor = config.damping().factor(trial.reductionRatio(), predicted);
        scale(config.damping().adapted() ? lambda * factor : lambda, factor);
        if (config.damping().restarts(predicted)) {
            startIterate.fill(0);
        }
    }

    /// Raises λ even if it is otherwise fixed, and forgets the iterate from which CG would start.
    @Override
    public void failed() {
        double boost = config.damping().boost();
        scale(Math.max(lambda, Double.MIN_NORMAL) * boost, boost);
        startIterate.fill(0);
    }

    private void scale(double nextLambda, double factor) {
        if (config.solver().region().isOn()) {
            radius = Math.clamp(radius / factor, Double.MIN_NORMAL, Double.MAX_VALUE);
        } else {
            lambda = Math.min(nextLambda, Double.MAX_VALUE);
        }
        mu = Math.min(config.structural().next(mu, factor), Double.MAX_VALUE);
    }

    /// One step.
    private final class Attempt implements Proposal {
        private final TrialStep trial;
        private final double damping;
        private final Vector delta;
        private final Optional<StructuralDamping> structural;
        private final DampedModel model;
        private double curvatureLoss;
        private double decrease;
        private int iterate;
        private int iterations;
        private OptionalDouble negativeCurvature = OptionalDouble.empty();

        Attempt(TrialStep trial, Workspace.Frame frame) {
            this.trial = trial;
            delta = trial.delta();
            damping = lambda * config.damping().schedule(trial.number());
            structural = config.structural().term(start.model(), mu, damping);
            var setting = new DampedModel.Setting(
                    config.dampingMatrix(), config.usedPreconditioner(), damping, structural);
            model = new DampedModel(setting, kept, new Draws(start.seed(), trial.number()), delta, frame);
        }

        @Override
        public Objective.Observer observer(Objective at) {
            return model.observer(at);
        }

        @Override
        public void observe(Objective at) {
            model.observe(at, trial.number());
        }

        @Override
        public Optional<String> solve(Objective at) {
            try (var frame = ws.open()) {
                SelfAdjointOperator curvature = config.curvature().of(at, frame);
                model.complete(at);
                SelfAdjointOperator damped = model.damped(at, config.curvature(), curvature);
                CaseSet tested = config.solver().termination().tested(trial.data());
                var watch = new IterateWatch(config, new TrialObjective(start, tested), trial, frame);
                SolveReport report = solve(damped, curvature, watch);
                iterations = report.iterations();
                iterate = iterations;
                if (report.outcome() instanceof Outcome.NegativeCurvature negative) {
                    negativeCurvature = OptionalDouble.of(negative.curvature());
                }
                if (!delta.isFinite() || delta.norm() == 0) {
                    return Optional.of("CG gave no direction: " + report.outcome().advice());
                }
                choose(watch);
                predict(at, config.damping().ratio() == LevenbergMarquardt.Ratio.DAMPED ? damped : curvature);
                return Optional.empty();
            }
        }

        /// The gradient is negated in its place while it is the right side: that is exact, and takes no vector.
        private SolveReport solve(SelfAdjointOperator damped, SelfAdjointOperator curvature, IterateWatch watch) {
            Vector right = trial.gradient().scale(-1);
            try {
                LinearSystem system = new LinearSystem(damped, right, model.inversePreconditioner());
                ModelSolver solver = config.solver();
                ConjugateGradient limits = solver.cg().solver(trial.number());
                if (solver.region().isOn()) {
                    return solver.region().solve(system, radius, limits, delta, ws);
                }
                double zeta = solver.start().zeta(solver.cg().zeta(), trial.number());
                delta.copyFrom(startIterate).asRow().decay(zeta);
                IterateListener observed = (j, x, value) -> {
                    observer.iterate(trial.number(), j, value, () -> model(curvature, right, x), () -> change(x));
                    return watch.iterate(j, x, value);
                };
                return limits.solve(system, delta, observer == CgObserver.NONE ? watch : observed, ws);
            } finally {
                right.scale(-1);
            }
        }

        /// M(x), for the right side −∇f
        private double model(SelfAdjointOperator curvature, Vector right, Vector x) {
            try (var frame = ws.open()) {
                Vector product = frame.vector(x.precision(), x.size());
                curvature.apply(x, product, ws);
                return 0.5 * x.dot(product) - right.dot(x);
            }
        }

        /// f(θ + x) − f(θ) on the gradient batch
        private double change(Vector x) {
            return new TrialObjective(start, trial.data().gradient()).at(1, x) - trial.loss();
        }

        /// Replaces δ by the chosen iterate, and keeps the iterate from which the next step starts.
        private void choose(IterateWatch watch) {
            try (var frame = ws.open()) {
                Vector last = frame.vector(delta.precision(), delta.size());
                last.copyFrom(delta);
                var rule = config.search().backtracking();
                iterate = rule.choose(watch.kept(), iterations, delta, start, trial.data());
                watch.remember(last, delta, startIterate);
            }
        }

        /// f(θ) and M(δ) = ½δᵀBδ + ∇fᵀδ, all on the curvature batch
        private void predict(Objective at, SelfAdjointOperator curvature) {
            try (var frame = ws.open()) {
                Vector gradient = trial.gradient();
                if (at.batch() != trial.data().gradient()) {
                    gradient = frame.vector(delta.precision(), delta.size());
                    at.gradient(gradient);
                }
                Vector product = frame.vector(delta.precision(), delta.size());
                curvature.apply(delta, product, ws);
                decrease = 0.5 * delta.dot(product) + gradient.dot(delta);
                curvatureLoss = at.loss();
            }
        }

        @Override
        public StepOutcome judge() {
            trial.compare(trial.data().curvature(), 1, curvatureLoss, decrease);
            predicted = decrease;
            if (!config.search().lineSearch()) {
                return trial.move(config.search().rate(trial.number()));
            }
            double alpha = lineSearch();
            return alpha > 0
                    ? trial.move(alpha)
                    : trial.fail("no step length of the line search lowered the objective enough");
        }

        /// The first α of a, 0.8a, 0.64a, … with f(θ + αδ) ≤ f(θ) + 0.01 α ∇fᵀδ, where a is the learning rate; 0 if
        /// there is none.
        private double lineSearch() {
            double slope = StepSearch.SLOPE * trial.gradient().dot(delta);
            double alpha = config.search().rate(trial.number());
            for (int i = 0; i < StepSearch.TRIALS; i++) {
                if (trial.objective(trial.data().gradient(), alpha) <= trial.loss() + alpha * slope) {
                    return alpha;
                }
                alpha *= StepSearch.SHRINK;
            }
            return 0;
        }

        @Override
        public void figures(Map<String, Double> figures) {
            figures.put("damping", damping);
            if (config.solver().region().isOn()) {
                figures.put("radius", radius);
            }
            structural.ifPresent(term -> figures.put("structuralDamping", term.strength()));
            figures.put("cgIterations", (double) iterations);
            figures.put("iterate", (double) iterate);
            figures.put("model", decrease);
            trial.figures(figures);
            negativeCurvature.ifPresent(value -> figures.put("negativeCurvature", value));
        }
    }

    @Override
    public void serialize(Archive archive) {
        lambda = archive.number("lambda", lambda);
        mu = archive.number("mu", mu);
        radius = archive.number("radius", radius);
        archive.array("lastIterate", startIterate);
        kept.ifPresent(operator -> operator.serialize(archive));
    }
}
