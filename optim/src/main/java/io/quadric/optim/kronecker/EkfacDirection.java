package io.quadric.optim.kronecker;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Draws;
import io.quadric.nn.Linearization;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.step.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The memory of [Ekfac]: momentum, factors, and one [EigenBlock] for each weight-and-bias block.
final class EkfacDirection implements Direction {
    static final String MEASURED = "the second moments that EKFAC measures in its eigenbases are";

    private final Ekfac config;
    private final Ekfac.Statistics statistics;
    private final Start start;
    private final Workspace ws;
    private final Vector momentum;
    private final KroneckerFactors factors;
    private final List<EigenBlock> blocks = new ArrayList<>();
    private boolean changed;
    private long measurements;
    private int leftOutFactors;
    private int keptBases;
    private int keptMoments;

    EkfacDirection(Ekfac config, Start start) {
        this.config = config;
        this.statistics = config.statistics();
        this.start = start;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        momentum = Vector.zeros(theta.precision(), theta.size());
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        for (AffineBlock block : start.parameters().layout().blocks()) {
            blocks.add(new EigenBlock(block, theta.precision()));
        }
    }

    @Override
    public void direction(long k, Objective at, Vector g, Vector p) {
        config.momentum().update(momentum, g);
        long past = k - 1;
        boolean observes = past % statistics.period() == 0;
        if (observes) {
            double decay = decay(past / statistics.period() + 1);
            Observation observation = new Observation(decay, 1 - decay);
            leftOutFactors = factors.observe(observation, at, config.source(), new Draws(start.seed(), k));
            changed = true;
        }
        boolean decomposes = changed && past % statistics.basisPeriod() == 0;
        if (decomposes) {
            decompose();
        }
        if (observes || decomposes) {
            rescale(k, at);
        }
        p.copyFrom(momentum);
        blocks.forEach(block -> block.apply(p, ws));
    }

    private double decay(long observations) {
        return Math.min(1 - 1.0 / observations, statistics.decay());
    }

    private void decompose() {
        changed = false;
        keptBases = 0;
        measurements = 0;
        for (EigenBlock block : blocks) {
            int i = block.block().index();
            keptBases += block.decompose(factors.input(i), factors.output(i), ws) ? 0 : 1;
        }
    }

    /// Where S is not finite, the previous 1 / (S + λ) remains in use and the average starts afresh at the next
    /// observation.
    private void rescale(long k, Objective at) {
        double damping = config.damping() + start.model().l2();
        if (statistics.eigenvalues() == Ekfac.Eigenvalues.MEASURED) {
            measurements++;
            double decay = decay(measurements);
            blocks.forEach(block -> block.forget(decay));
            measure(k, at, 1 - decay);
        } else {
            blocks.forEach(block -> block.multiplyEigenvalues(ws));
        }
        keptMoments = 0;
        for (EigenBlock block : blocks) {
            keptMoments += block.damp(damping) ? 0 : 1;
        }
        if (keptMoments > 0) {
            measurements = 0;
        }
    }

    /// Takes the same draws as the factors in this step.
    private void measure(long k, Objective at, double weight) {
        Linearization whole = at.undivided(MEASURED);
        config.source().report(whole, new Draws(start.seed(), k).whole(), new Sink() {
            @Override
            public void affine(AffineBlock block, Rows rows, Workspace scratch) {
                blocks.get(block.index()).measure(weight, rows, scratch);
            }

            @Override
            public void direct(ParameterSlice slice, Matrix gradients, Workspace scratch) {
                // parameters outside a weight-and-bias block have no eigenbases
            }
        });
    }

    @Override
    public void figures(Map<String, Double> figures) {
        figures.put("damping", config.damping());
        figures.put("leftOutFactors", (double) leftOutFactors);
        figures.put("blocksWithOldBases", (double) keptBases);
        figures.put("blocksWithOldMoments", (double) keptMoments);
    }

    @Override
    public void serialize(Archive archive) {
        archive.array("momentum", momentum);
        changed = archive.flag("changed", changed);
        measurements = archive.count("measurements", measurements);
        leftOutFactors = (int) archive.count("leftOutFactors", leftOutFactors);
        keptBases = (int) archive.count("keptBases", keptBases);
        keptMoments = (int) archive.count("keptMoments", keptMoments);
        factors.serialize(archive);
        blocks.forEach(block -> block.serialize(archive));
    }
}
