package io.quadric.optim;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.IterateListener;
import io.quadric.linalg.solver.KeptIterates;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.Outcome;
import io.quadric.linalg.solver.SolveReport;
import io.quadric.nn.Linearization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The run of [HessianFree].
final class HessianFreeRun implements Run {
    private static final String METHOD = "hessian-free";

    private final HessianFree config;
    private final Start start;
    private final Workspace ws;
    private final Vector lastIterate;
    private final Optional<KroneckerCurvature> factors;
    private double lambda;
    private double mu;
    private long steps;

    HessianFreeRun(HessianFree config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        lastIterate = Vector.zeros(theta.precision(), theta.size());
        factors = config.preconditioner().preconditioner() == Preconditioner.Source.KRONECKER
                ? Optional.of(new KroneckerCurvature(start))
                : Optional.empty();
        lambda = config.damping().lambda();
        mu = config.structural().structuralDamping();
        if (config.structural().isOn()) {
            config.structural().term(start.model(), mu, lambda);
        }
    }

    @Override
    public StepReport step(StepData data) {
        steps++;
        try (var frame = ws.open()) {
            Attempt attempt = new Attempt(data, frame);
            StepOutcome outcome = attempt.run();
            Map<String, Double> figures = attempt.figures();
            if (outcome instanceof StepOutcome.Rejected) {
                lambda = config.damping().afterFailure(lambda);
                mu = config.structural().next(mu, config.damping().boost());
                lastIterate.fill(0);
            } else {
                lambda = config.damping().next(lambda, attempt.reductionRatio);
                mu = config.structural().next(mu, config.damping().factor(attempt.reductionRatio));
            }
            return new StepReport(steps, attempt.loss, outcome, figures);
        }
    }

    /// One step: its vectors, and the figures it ends with.
    private final class Attempt {
        private final StepData data;
        private final Workspace.Frame frame;
        private final Vector gradient;
        private final DampedModel model;
        private final Vector delta;
        private final KeptIterates kept;
        private double loss;
        private double reductionRatio = Double.NaN;
        private double stepSize;
        private int iterate;
        private int iterations;
        private OptionalDouble negativeCurvature = OptionalDouble.empty();

        Attempt(StepData data, Workspace.Frame frame) {
            this.data = data;
            this.frame = frame;
            gradient = scratch();
            model = new DampedModel(config, factors, lambda, gradient, frame);
            delta = scratch();
            int keepUpTo = config.search().backtracking() ? config.solver().maxIterations() : 0;
            kept = new KeptIterates(keepUpTo, delta.precision(), delta.size(), frame);
        }

        private Vector scratch() {
            return frame.vector(lastIterate.precision(), lastIterate.size());
        }

        Map<String, Double> figures() {
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("damping", lambda);
            if (config.structural().isOn()) {
                figures.put("structuralDamping", mu);
            }
            figures.put("cgIterations", (double) iterations);
            figures.put("iterate", (double) iterate);
            figures.put("reductionRatio", reductionRatio);
            figures.put("stepSize", stepSize);
            negativeCurvature.ifPresent(value -> figures.put("negativeCurvature", value));
            return figures;
        }

        StepOutcome run() {
            boolean oneBatch = data.gradient() == data.curvature();
            try (var at = Linearization.at(start.model(), start.parameters(), data.gradient(), ws)) {
                loss = at.loss();
                at.gradient(gradient);
                if (!Double.isFinite(loss) || !gradient.isFinite()) {
                    return new StepOutcome.Rejected("the objective (" + loss + ") or its gradient is not finite");
                }
                model.prepare(at, start.seed(), steps);
                if (oneBatch) {
                    return solveAndJudge(at, gradient);
                }
            }
            try (var at = Linearization.at(start.model(), start.parameters(), data.curvature(), ws);
                    var inner = ws.open()) {
                Vector curvatureGradient = inner.vector(gradient.precision(), gradient.size());
                at.gradient(curvatureGradient);
                return solveAndJudge(at, curvatureGradient);
            }
        }

        private StepOutcome solveAndJudge(Linearization at, Vector curvatureGradient) {
            try (var inner = ws.open()) {
                SelfAdjointOperator curvature = switch (config.curvature()) {
                    case GAUSS_NEWTON -> at.gaussNewton();
                    case HESSIAN -> at.hessian(inner);
                };
                SelfAdjointOperator held = config.structural().isOn()
                        ? at.gaussNewton(config.structural().term(start.model(), mu, lambda))
                        : curvature;
                SolveReport report = solve(held);
                iterations = report.iterations();
                if (report.outcome() instanceof Outcome.NegativeCurvature negative) {
                    negativeCurvature = OptionalDouble.of(negative.curvature());
                }
                if (!delta.isFinite() || delta.norm() == 0) {
                    return new StepOutcome.Rejected("CG gave no direction: " + report.outcome().advice());
                }
                lastIterate.copyFrom(delta);
                backtrack();
                return judge(at, model.judged(curvature), curvatureGradient);
            }
        }

        private SolveReport solve(SelfAdjointOperator curvature) {
            try (var inner = ws.open()) {
                Vector right = inner.vector(gradient.precision(), gradient.size());
                right.axpby(-1, gradient, 0);
                LinearSystem system = new LinearSystem(model.damped(curvature), right, model.inversePreconditioner());
                delta.axpby(config.solver().zeta(), lastIterate, 0);
                IterateListener listener = config.search().backtracking() ? kept : IterateListener.NONE;
                return config.solver().solver().solve(system, delta, listener, ws);
            }
        }

        /// Moves δ to the earlier iterate as long as that one has a lower objective on the gradient batch.
        private void backtrack() {
            iterate = iterations;
            if (!config.search().backtracking()) {
                return;
            }
            TrialObjective objective = new TrialObjective(start, data.gradient());
            double best = objective.at(1, delta);
            for (int i = kept.count() - 1; i >= 0; i--) {
                if (kept.iteration(i) == iterations) {
                    continue;
                }
                double earlier = objective.at(1, kept.get(i));
                boolean better = earlier < best || Double.isNaN(best);
                if (!better) {
                    return;
                }
                best = earlier;
                iterate = kept.iteration(i);
                delta.copyFrom(kept.get(i));
            }
        }

        private StepOutcome judge(Linearization at, SelfAdjointOperator curvature, Vector curvatureGradient) {
            double trial = new TrialObjective(start, data.curvature()).at(1, delta);
            reductionRatio = (trial - at.loss()) / decrease(curvature, curvatureGradient);
            if (!Double.isFinite(trial) && !config.search().lineSearch()) {
                return new StepOutcome.Rejected("the objective after the step is not finite (" + trial + ")");
            }
            double alpha = config.search().lineSearch() ? lineSearch() : 1;
            if (alpha == 0) {
                return new StepOutcome.Rejected("no step length of the line search lowered the objective enough");
            }
            stepSize = alpha;
            start.parameters().update(theta -> theta.axpy(alpha, delta));
            return new StepOutcome.Moved();
        }

        /// M(δ) = ½δᵀBδ + ∇fᵀδ
        private double decrease(SelfAdjointOperator curvature, Vector curvatureGradient) {
            try (var inner = ws.open()) {
                Vector product = inner.vector(delta.precision(), delta.size());
                curvature.apply(delta, product, ws);
                return 0.5 * delta.dot(product) + curvatureGradient.dot(delta);
            }
        }

        /// The first α of 1, 0.8, 0.64 … with f(θ + αδ) ≤ f(θ) + 0.01 α ∇fᵀδ; 0 if there is none.
        private double lineSearch() {
            TrialObjective objective = new TrialObjective(start, data.gradient());
            double slope = StepSearch.SLOPE * gradient.dot(delta);
            double alpha = 1;
            for (int trial = 0; trial < StepSearch.TRIALS; trial++) {
                if (objective.at(alpha, delta) <= loss + alpha * slope) {
                    return alpha;
                }
                alpha *= StepSearch.SHRINK;
            }
            return 0;
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
        state.put("lambda", lambda);
        state.put("mu", mu);
        state.put("lastIterate", lastIterate);
        factors.ifPresent(kept -> kept.save(state));
        return state;
    }

    @Override
    public void restore(State state) {
        state.require(METHOD);
        state.get("lastIterate", lastIterate);
        factors.ifPresent(kept -> kept.restore(state));
        lambda = state.number("lambda");
        mu = state.number("mu");
        steps = (long) state.number("steps");
    }
}
