package io.quadric.optim.gram;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.step.Proposal;
import io.quadric.optim.step.Proposer;
import io.quadric.optim.step.TrialStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The memory of [Smw]: λ_LM.
final class SmwProposer implements Proposer {
    private final Smw config;
    private final Start start;
    private final Workspace ws;
    private double lambdaLM;

    SmwProposer(Smw config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        this.lambdaLM = config.rule().lambdaLM();
    }

    @Override
    public Proposal propose(TrialStep trial, Workspace.Frame frame) {
        return new Attempt(trial);
    }

    @Override
    public void adapt(TrialStep trial) {
        lambdaLM = Math.min(config.rule().next(lambdaLM, trial.reductionRatio()), Double.MAX_VALUE);
    }

    @Override
    public void failed() {
        double raised = Math.max(lambdaLM, config.rule().tau()) * Math.max(config.rule().boost(), 2);
        lambdaLM = Math.min(raised, Double.MAX_VALUE);
    }

    /// One step.
    private final class Attempt implements Proposal {
        private final TrialStep trial;
        private final Vector gradient;
        private final Vector direction;
        private final double lambda = lambdaLM + config.rule().tau();
        private double curvatureAlong;
        private List<GramFactors> groups = List.of();

        Attempt(TrialStep trial) {
            this.trial = trial;
            gradient = trial.gradient();
            direction = trial.delta();
        }

        private Vector likeParameters(Workspace.Frame frame) {
            return frame.vector(gradient.precision(), gradient.size());
        }

        @Override
        public Optional<String> solve(Objective at) {
            try (var frame = ws.open()) {
                CurvatureRows rows = new CurvatureRows(at.undivided(Smw.GRAM), config.matrix(), frame);
                if (!solve(rows)) {
                    return Optional.of("the damped Gram matrix is not positive definite; raise λ");
                }
                curvatureAlong = curvatureAlong(rows);
            }
            return direction.isFinite() ? Optional.empty() : Optional.of("the direction is not finite; raise λ");
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

        /// (B + λI)⁻¹g = (1/k) (g − (1/N₂) Jᵀ D⁻¹ J g) with k = λ + η and D = kI + (1/N₂) JJᵀ, for some of the
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

        @Override
        public StepOutcome judge() {
            double predicted = gradient.dot(direction) + 0.5 * curvatureAlong;
            double ratio = trial.compare(trial.data().gradient(), 1, trial.loss(), predicted);
            double smallest = config.rule().smallestRatio();
            return ratio < smallest
                    ? trial.refuse("the reduction ratio " + ratio + " is below " + smallest)
                    : trial.move(config.learningRate());
        }

        @Override
        public void figures(Map<String, Double> figures) {
            figures.put("damping", lambda);
            trial.figures(figures);
        }
    }

    @Override
    public void serialize(Archive archive) {
        lambdaLM = archive.number("lambdaLM", lambdaLM);
    }
}
