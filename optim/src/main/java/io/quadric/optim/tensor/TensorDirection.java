package io.quadric.optim.tensor;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.FactorAverage;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.InitialStatistics;
import io.quadric.optim.step.Direction;
import io.quadric.optim.step.Momentum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The memory of [Tnt] and [Shampoo]: momentum, and one [TensorBlock] for each parameter array.
final class TensorDirection implements Direction {
    private final Method method;
    private final Settings settings;
    private final Start start;
    private final Workspace ws;
    private final Vector momentum;
    private final List<TensorBlock> blocks = new ArrayList<>();
    private boolean warm;
    private boolean changed;
    private double decay = 1;
    private int raisedFactors;
    private int skippedObservations;

    /// How [Tnt] and [Shampoo] differ.
    interface Method {
        /// The name, for messages.
        String name();

        /// Reports the minibatch's mean gradient Ḡ whose contractions are averaged, or several vectors for the sum of
        /// their contractions.
        ///
        /// @param g ∇f at the same point
        /// @param v room for a vector
        void observe(Objective at, Vector g, Draws draws, Vector v, Runnable report);

        /// Computes the factor of an axis from its statistic.
        ///
        /// @param dimensions the sizes of all axes
        /// @return whether that succeeded; otherwise the factor is unchanged
        boolean factor(TensorFactor axis, List<Integer> dimensions, double damping, Workspace ws);
    }

    /// What [Tnt] and [Shampoo] have in common.
    ///
    /// @param momentum μ and how it enters
    /// @param statistics averages and their periods
    /// @param epsilon ε
    /// @param tensors how the arrays are viewed as tensors
    record Settings(Momentum momentum, TensorStatistics statistics, double epsilon, TensorView tensors) {}

    TensorDirection(Method method, Settings settings, Start start) {
        this.method = method;
        this.settings = settings;
        this.start = start;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        momentum = Vector.zeros(theta.precision(), theta.size());
        for (ParameterSlice slice : start.parameters().layout().slices()) {
            List<Integer> dimensions = settings.tensors().dimensions(slice.spec());
            blocks.add(new TensorBlock(slice, dimensions, theta.precision()));
        }
    }

    /// The momentum, and two matrices for every axis of every array.
    static OptionalLong memory(ParameterLayout layout, TensorView tensors) {
        long squares = layout.slices().stream()
                .flatMap(slice -> tensors.dimensions(slice.spec()).stream())
                .mapToLong(Footprint::square)
                .sum();
        return OptionalLong.of(layout.size() + 2 * squares);
    }

    /// The mean of the contractions over the warm-up batches at the starting parameters, and the factors from it.
    @Override
    public void prepare() {
        if (warm) {
            return;
        }
        skippedObservations += InitialStatistics.run(method.name(), start, batch -> 1, (at, seen, weight) -> {
            Vector theta = at.parameters().values();
            try (var frame = ws.open()) {
                Vector g = frame.vector(theta.precision(), theta.size());
                at.gradient(g);
                observe(-seen, at, g, weight);
            }
        });
        changed = true;
        factor();
        warm = true;
    }

    /// Averages with the given weight on the batch; a mean gradient whose squares are not finite is left out.
    private void observe(long k, Objective at, Vector g, double weight) {
        try (var frame = ws.open()) {
            Vector v = frame.vector(g.precision(), g.size());
            decay = 1 - weight;
            method.observe(at, g, new Draws(start.seed(), k), v, () -> contract(weight, v));
        }
    }

    private void contract(double weight, Vector v) {
        if (FactorAverage.hasFiniteSquares(v.asRow(), v.size())) {
            for (TensorBlock block : blocks) {
                block.observe(weight, v, decay, ws);
            }
            decay = 1;
            changed = true;
        } else {
            skippedObservations++;
        }
    }

    /// Contractions that have not changed have their factors already.
    private void factor() {
        if (!changed) {
            return;
        }
        changed = false;
        raisedFactors = 0;
        for (TensorBlock block : blocks) {
            raisedFactors += block.factor(method, settings.epsilon(), ws);
        }
    }

    @Override
    public void direction(long k, Objective at, Vector g, Vector p) {
        settings.momentum().update(momentum, g);
        TensorStatistics statistics = settings.statistics();
        if (statistics.observes(k)) {
            observe(k, at, g, 1 - statistics.decay());
        }
        if (statistics.inverts(k)) {
            factor();
        }
        p.copyFrom(momentum);
        blocks.forEach(block -> block.apply(p, ws));
    }

    @Override
    public void figures(Map<String, Double> figures) {
        figures.put("damping", settings.epsilon());
        figures.put("factorsWithRaisedDamping", (double) raisedFactors);
        figures.put("skippedObservations", (double) skippedObservations);
    }

    @Override
    public void serialize(Archive archive) {
        archive.array("momentum", momentum);
        warm = archive.flag("warm", warm);
        changed = archive.flag("changed", changed);
        raisedFactors = (int) archive.count("raisedFactors", raisedFactors);
        skippedObservations = (int) archive.count("skippedObservations", skippedObservations);
        blocks.forEach(block -> block.serialize(archive));
    }
}
