package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.Linearization;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import io.quadric.optim.internal.KfacPreconditioner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The run of [KrylovSubspaceDescent].
final class KrylovSubspaceRun implements Run {
    private static final String METHOD = "krylov-subspace-descent";

    private final KrylovSubspaceDescent config;
    private final Start start;
    private final Workspace ws;
    private final Vector previous;
    private final Optional<KfacPreconditioner> factors;
    private long steps;

    KrylovSubspaceRun(KrylovSubspaceDescent config, Start start) {
        this.config = config;
        this.start = start;
        ws = start.ws();
        Vector theta = start.parameters().values();
        previous = Vector.zeros(theta.precision(), theta.size());
        factors = config.preconditioner().preconditioner() == Preconditioner.Source.KRONECKER
                ? Optional.of(new KfacPreconditioner(start))
                : Optional.empty();
    }

    @Override
    public StepReport step(StepData data) {
        steps++;
        try (var frame = ws.open()) {
            Vector gradient = frame.vector(previous.precision(), previous.size());
            DampedModel model = new DampedModel(
                    new DampedModel.Setting(
                            DampingMatrix.identity(), config.preconditioner(), config.subspace().lambda()),
                    factors,
                    gradient,
                    frame);
            int most = config.subspace().dimension() + 1;
            KrylovBasis basis = new KrylovBasis(gradient.precision(), most, gradient.size(), frame);
            double loss;
            try (var at = Linearization.at(start.model(), start.parameters(), data.gradient(), ws)) {
                loss = at.loss();
                at.gradient(gradient);
                if (!Double.isFinite(loss) || !gradient.isFinite()) {
                    return failed(loss, "the objective (" + loss + ") or its gradient is not finite", Map.of());
                }
                model.prepare(at, start.seed(), steps);
            }
            span(data, basis, model, gradient);
            if (basis.count() == 0) {
                return failed(loss, "the gradient is zero or a product with it is not finite", Map.of());
            }
            return search(data, basis, gradient, loss);
        }
    }

    private void span(StepData data, KrylovBasis basis, DampedModel model, Vector gradient) {
        try (var at = Linearization.at(start.model(), start.parameters(), data.curvature(), ws);
                var frame = ws.open()) {
            SelfAdjointOperator curvature = switch (config.curvature()) {
                case GAUSS_NEWTON -> at.gaussNewton();
                case HESSIAN -> at.hessian(frame);
            };
            basis.addKrylov(curvature, model.inversePreconditioner(), gradient, config.subspace().dimension());
            if (config.subspace().previousStep()) {
                basis.add(curvature, previous);
            }
        }
    }

    private StepReport search(StepData data, KrylovBasis basis, Vector gradient, double loss) {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (var frame = ws.open()) {
            var batch = data.of(config.search().searchBatch());
            SubspaceSearch search = new SubspaceSearch(start, batch, basis, frame);
            Vector projected = frame.vector(gradient.precision(), basis.count());
            basis.coefficients(gradient, projected);
            search.startFromModel(projected, config.subspace().lambda());
            search.descend(config.search().searchIterations(), config.subspace().lambda());
            figures.put("dimension", (double) basis.count());
            figures.put("searchIterations", (double) search.iterations());
            figures.put("reduction", search.reduction());
            if (!(search.reduction() < 0)) {
                return failed(loss, "no point of the subspace has a lower objective on the search batch", figures);
            }
            basis.combine(search.point(), previous);
        }
        start.parameters().update(theta -> theta.axpy(1, previous));
        return new StepReport(steps, loss, new StepOutcome.Moved(), figures);
    }

    /// What would lead to the same failure is forgotten.
    private StepReport failed(double loss, String reason, Map<String, Double> figures) {
        previous.fill(0);
        return new StepReport(steps, loss, new StepOutcome.Rejected(reason), figures);
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public State state() {
        State state = new State(METHOD);
        state.put("steps", steps);
        state.put("previous", previous);
        factors.ifPresent(kept -> kept.save(state));
        return state;
    }

    @Override
    public void restore(State state) {
        state.require(METHOD);
        state.get("previous", previous);
        factors.ifPresent(kept -> kept.restore(state));
        steps = (long) state.number("steps");
    }
}
