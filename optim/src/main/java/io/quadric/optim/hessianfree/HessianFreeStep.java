package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.Outcome;
import io.quadric.linalg.solver.SolveReport;
import io.quadric.nn.Linearization;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.internal.TrialObjective;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// One step of [HessianFree]: its vectors, and the figures it ends with.
final class HessianFreeStep {
    private final HessianFree config;
    private final Start start;
    private final HessianFreeMemory memory;
    private final StepData data;
    private final Workspace ws;
    private final Vector gradient;
    private final Vector delta;
    private final DampedModel model;
    private final IterateWatch watch;
    private double loss;
    private double reductionRatio = Double.NaN;
    private double stepSize;
    private int iterate;
    private int iterations;
    private OptionalDouble negativeCurvature = OptionalDouble.empty();

    HessianFreeStep(
            HessianFree config, Start start, HessianFreeMemory memory, StepData data, Workspace.Frame frame) {
        this.config = config;
        this.start = start;
        this.memory = memory;
        this.data = data;
        ws = start.ws();
        Vector theta = start.parameters().values();
        gradient = frame.vector(theta.precision(), theta.size());
        delta = frame.vector(theta.precision(), theta.size());
        var setting = new DampedModel.Setting(config.dampingMatrix(), config.usedPreconditioner(), memory.lambda());
        model = new DampedModel(setting, memory.factors(), gradient, frame);
        var tested = data.of(config.solver().termination().terminationBatch());
        watch = new IterateWatch(config, new TrialObjective(start, tested), delta, frame);
    }

    /// The objective on the gradient batch, before the move.
    double loss() {
        return loss;
    }

    /// ρ, or NaN if the step ended before it was known.
    double reductionRatio() {
        return reductionRatio;
    }

    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("damping", memory.lambda());
        if (config.solver().region().isOn()) {
            figures.put("radius", memory.radius());
        }
        if (config.structural().isOn()) {
            figures.put("structuralDamping", memory.mu());
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
            model.prepare(at, start.seed(), memory.steps());
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
                    ? at.gaussNewton(config.structural().term(start.model(), memory.mu(), memory.lambda()))
                    : curvature;
            SolveReport report = solve(held);
            note(report);
            if (!delta.isFinite() || delta.norm() == 0) {
                return new StepOutcome.Rejected("CG gave no direction: " + report.outcome().advice());
            }
            choose();
            boolean damped = config.damping().ratio() == LevenbergMarquardt.Ratio.DAMPED;
            return judge(at, damped ? model.damped(curvature) : curvature, curvatureGradient);
        }
    }

    private SolveReport solve(SelfAdjointOperator curvature) {
        try (var inner = ws.open()) {
            Vector right = inner.vector(gradient.precision(), gradient.size());
            right.axpby(-1, gradient, 0);
            LinearSystem system = new LinearSystem(model.damped(curvature), right, model.inversePreconditioner());
            ModelSolver solver = config.solver();
            if (solver.region().isOn()) {
                return solver.region().solve(system, memory.radius(), solver.cg(), delta, ws);
            }
            double zeta = solver.start().zeta(solver.cg().zeta(), memory.steps());
            delta.axpby(zeta, memory.startIterate(), 0);
            return solver.cg().solver().solve(system, delta, watch, ws);
        }
    }

    private void note(SolveReport report) {
        iterations = report.iterations();
        iterate = iterations;
        if (report.outcome() instanceof Outcome.NegativeCurvature negative) {
            negativeCurvature = OptionalDouble.of(negative.curvature());
        }
    }

    /// Replaces δ by the chosen iterate, and keeps what the next step starts from.
    private void choose() {
        try (var inner = ws.open()) {
            Vector last = inner.vector(delta.precision(), delta.size());
            last.copyFrom(delta);
            if (config.search().backtracking()) {
                IterateChoice choice = new IterateChoice(config.search().choice(), start, data);
                iterate = choice.choose(watch.kept(), iterations, delta);
            }
            watch.remember(last, delta, memory.startIterate());
        }
    }

    private StepOutcome judge(Linearization at, SelfAdjointOperator curvature, Vector curvatureGradient) {
        double trial = new TrialObjective(start, data.curvature()).at(1, delta);
        reductionRatio = (trial - at.loss()) / decrease(curvature, curvatureGradient);
        if (!Double.isFinite(trial) && !config.search().lineSearch()) {
            return new StepOutcome.Rejected("the objective after the step is not finite (" + trial + ")");
        }
        double alpha = config.search().lineSearch() ? lineSearch() : config.search().learningRate();
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

    /// The first α of a, 0.8a, 0.64a … with f(θ + αδ) ≤ f(θ) + 0.01 α ∇fᵀδ, a the learning rate; 0 if there is none.
    private double lineSearch() {
        TrialObjective objective = new TrialObjective(start, data.gradient());
        double slope = StepSearch.SLOPE * gradient.dot(delta);
        double alpha = config.search().learningRate();
        for (int trial = 0; trial < StepSearch.TRIALS; trial++) {
            if (objective.at(alpha, delta) <= loss + alpha * slope) {
                return alpha;
            }
            alpha *= StepSearch.SHRINK;
        }
        return 0;
    }
}
