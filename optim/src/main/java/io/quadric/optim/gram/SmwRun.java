package io.quadric.optim.gram;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import io.quadric.optim.internal.TrialObjective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The run of [Smw].
final class SmwRun implements Run {
    private static final String METHOD = "subsampled-newton";

    private final Smw config;
    private final Start start;
    private final Workspace ws;
    private double lambdaLM;
    private long steps;

    SmwRun(Smw config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        this.lambdaLM = config.rule().lambdaLM();
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
        private final Vector direction;
        private final double lambda = lambdaLM + config.rule().tau();
        private double loss;
        private double curvatureAlong;
        private List<GramFactors> groups = List.of();
        private double reductionRatio = Double.NaN;
        private double stepSize;
        private boolean adapted;

        Attempt(StepData data, Workspace.Frame frame) {
            this.data = data;
            gradient = likeParameters(frame);
            direction = likeParameters(frame);
        }

        private Vector likeParameters(Workspace.Frame frame) {
            Vector theta = start.parameters().values();
            return frame.vector(theta.precision(), theta.size());
        }

        StepReport run() {
            StepOutcome outcome = attempt();
            if (outcome instanceof StepOutcome.Rejected && !adapted) {
                lambdaLM = Math.max(lambdaLM, config.rule().tau()) * Math.max(config.rule().boost(), 2);
            }
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("damping", lambda);
            figures.put("reductionRatio", reductionRatio);
            figures.put("stepSize", stepSize);
            return new StepReport(steps, loss, outcome, figures);
        }

        private StepOutcome attempt() {
            try (var at = Linearization.at(start.model(), start.parameters(), data.gradient(), ws)) {
                loss = at.loss();
                at.gradient(gradient);
            }
            if (!Double.isFinite(loss) || !gradient.isFinite()) {
                return new StepOutcome.Rejected("the objective (" + loss + ") or its gradient is not finite");
            }
            try (var at = Linearization.at(start.model(), start.parameters(), data.curvature(), ws);
                    var frame = ws.open()) {
                CurvatureRows rows = new CurvatureRows(at, config.matrix(), frame);
                if (!solve(rows)) {
                    return new StepOutcome.Rejected("the damped Gram matrix is not positive definite; raise λ");
                }
                curvatureAlong = curvatureAlong(rows);
            }
            return move();
        }

        /// p ← −(B + λI)⁻¹ g
        private boolean solve(CurvatureRows rows) {
            groups = rows.gramFactors();
            direction.axpby(-1 / shift(), gradient, 0);
            if (config.perLayer()) {
                return groups.stream().allMatch(group -> woodbury(rows, List.of(group), group.slices()));
            }
            return woodbury(rows, groups, start.parameters().layout().slices());
        }

        private double shift() {
            return lambda + start.model().l2();
        }

        /// (B + λI)⁻¹g = (1/k) (g − (1/N₂) Jᵀ D⁻¹ J g) with k = λ + η and D = kI + (1/N₂) JJᵀ, within some of the
        /// parameters. On entry the direction holds −g/k.
        private boolean woodbury(CurvatureRows rows, List<GramFactors> parts, List<ParameterSlice> slices) {
            try (var frame = ws.open()) {
                Matrix gram = frame.matrix(gradient.precision(), rows.count(), rows.count());
                Vector masked = likeParameters(frame);
                Vector correction = likeParameters(frame);
                Vector u = frame.vector(gradient.precision(), rows.count());
                gram.fill(0);
                parts.forEach(part -> part.addTo(gram, ws));
                gram.scale(1.0 / rows.cases()).addToDiagonal(shift());
                masked.fill(0);
                slices.forEach(slice -> slice.of(masked).copyFrom(slice.of(gradient)));
                rows.multiply(masked, u);
                if (!(Cholesky.factor(gram, ws) instanceof Cholesky.Outcome.Factored(Cholesky cholesky))) {
                    return false;
                }
                cholesky.solve(u.asMatrix(u.size(), 1), ws);
                rows.multiplyTransposed(u, correction);
                double scale = 1 / (shift() * rows.cases());
                slices.forEach(slice -> slice.of(direction).axpy(scale, slice.of(correction)));
                return true;
            }
        }

        /// pᵀBp = (1/N₂) ‖Jp‖² + η‖p‖², block by block where only the blocks are kept.
        private double curvatureAlong(CurvatureRows rows) {
            try (var frame = ws.open()) {
                Vector u = frame.vector(gradient.precision(), rows.count());
                double sum = start.model().l2() * direction.dot(direction);
                if (!config.perLayer()) {
                    rows.multiply(direction, u);
                    return sum + u.dot(u) / rows.cases();
                }
                Vector masked = likeParameters(frame);
                for (GramFactors group : groups) {
                    masked.fill(0);
                    group.slices().forEach(slice -> slice.of(masked).copyFrom(slice.of(direction)));
                    rows.multiply(masked, u);
                    sum += u.dot(u) / rows.cases();
                }
                return sum;
            }
        }

        private StepOutcome move() {
            double trial = new TrialObjective(start, data.gradient()).at(1, direction);
            reductionRatio = (loss - trial) / (-gradient.dot(direction) - 0.5 * curvatureAlong);
            if (!Double.isFinite(trial) || !direction.isFinite()) {
                return new StepOutcome.Rejected("the objective after the step is not finite (" + trial + ")");
            }
            lambdaLM = config.rule().next(lambdaLM, reductionRatio);
            adapted = true;
            if (reductionRatio < config.rule().smallestRatio()) {
                return new StepOutcome.Rejected("the reduction ratio " + reductionRatio + " is below "
                        + config.rule().smallestRatio() + "; the damping was raised");
            }
            stepSize = config.learningRate();
            start.parameters().update(theta -> theta.axpy(stepSize, direction));
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
        state.put("lambdaLM", lambdaLM);
        return state;
    }

    @Override
    public void restore(State state) {
        state.require(METHOD);
        lambdaLM = state.number("lambdaLM");
        steps = (long) state.number("steps");
    }
}
