package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.step.Proposal;
import io.quadric.optim.step.Proposer;
import io.quadric.optim.step.TrialStep;
import java.util.Map;
import java.util.Optional;

/// The memory of [KrylovSubspaceDescent]: the previous step.
final class KrylovSubspaceProposer implements Proposer {
    private final KrylovSubspaceDescent config;
    private final Start start;
    private final Workspace ws;
    private final Vector previous;
    private final Optional<KeptPreconditioner> kept;

    KrylovSubspaceProposer(KrylovSubspaceDescent config, Start start) {
        this.config = config;
        this.start = start;
        ws = start.ws();
        Vector theta = start.parameters().values();
        previous = Vector.zeros(theta.precision(), theta.size());
        kept = config.preconditioner().start(start);
    }

    @Override
    public Proposal propose(TrialStep trial, Workspace.Frame frame) {
        return new Attempt(trial, frame);
    }

    /// Forgets what would lead to the same failure.
    @Override
    public void failed() {
        previous.fill(0);
    }

    /// One step.
    private final class Attempt implements Proposal {
        private final TrialStep trial;
        private final DampedModel model;
        private final KrylovBasis basis;
        private Optional<SubspaceSearch> search = Optional.empty();

        Attempt(TrialStep trial, Workspace.Frame frame) {
            this.trial = trial;
            var setting = new DampedModel.Setting(
                    DampingMatrix.identity(), config.preconditioner(), config.subspace().lambda(), Optional.empty());
            var random = new Draws(start.seed(), trial.number());
            model = new DampedModel(setting, kept, random, previous, frame);
            int most = config.subspace().dimension() + 1;
            basis = new KrylovBasis(previous.precision(), most, previous.size(), frame);
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
            model.complete(at);
            try (var frame = ws.open()) {
                var curvature = config.curvature().of(at, frame);
                var space = config.subspace();
                basis.addKrylov(curvature, model.inversePreconditioner(), trial.gradient(), space.dimension());
                if (space.previousStep()) {
                    basis.add(curvature, previous);
                }
            }
            return basis.count() > 0
                    ? Optional.empty()
                    : Optional.of("the gradient is zero or a product with it is not finite");
        }

        @Override
        public StepOutcome judge() {
            try (var frame = ws.open()) {
                var batch = trial.data().of(config.search().batch());
                SubspaceSearch here = new SubspaceSearch(start, batch, basis, frame);
                search = Optional.of(here);
                Vector projected = frame.vector(previous.precision(), basis.count());
                basis.coefficients(trial.gradient(), projected);
                here.startFromModel(projected, config.subspace().lambda());
                here.descend(config.search().iterations(), config.subspace().lambda());
                if (!(here.reduction() < 0)) {
                    return trial.fail("no point of the subspace has a lower objective on the search batch");
                }
                basis.combine(here.point(), trial.delta());
            }
            previous.copyFrom(trial.delta());
            return trial.move(1);
        }

        @Override
        public void figures(Map<String, Double> figures) {
            search.ifPresent(done -> {
                figures.put("dimension", (double) basis.count());
                figures.put("searchIterations", (double) done.iterations());
                figures.put("reduction", done.reduction());
            });
        }
    }

    @Override
    public void serialize(Archive archive) {
        archive.array("previous", previous);
        kept.ifPresent(operator -> operator.serialize(archive));
    }
}
