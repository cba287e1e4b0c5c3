package io.quadric.optim.kronecker;

import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.internal.InitialStatistics;
import io.quadric.optim.internal.KroneckerInverses;
import io.quadric.optim.internal.StepRandom;
import io.quadric.optim.step.Direction;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The memory of [Kfac]: momentum, factors and their inverses.
final class KfacDirection implements Direction {
    private final Kfac config;
    private final Kfac.Statistics statistics;
    private final boolean before;
    private final Start start;
    private final Vector momentum;
    private final KroneckerFactors factors;
    private final KroneckerInverses preconditioner;
    private boolean warm;
    private int leftOutFactors;

    KfacDirection(Kfac config, Start start) {
        this.config = config;
        this.statistics = config.statistics();
        this.before = statistics.schedule() == FactorSchedule.BEFORE_DIRECTION;
        this.warm = before;
        this.start = start;
        Vector theta = start.parameters().values();
        momentum = Vector.zeros(theta.precision(), theta.size());
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        preconditioner = new KroneckerInverses(start.parameters().layout(), theta, start.ws());
    }

    /// A and G of all warm-up data at the starting parameters: the mean over cases, batch by batch.
    private void warmStart() {
        InitialStatistics.run("KFAC", start, Batch::weight, (at, seen, weight) -> {
            Observation observation = new Observation(1 - weight, weight);
            leftOutFactors = factors.observe(observation, at, config.source(), random(-seen));
        });
        invert();
        warm = true;
    }

    private RandomGenerator random(long step) {
        return StepRandom.of(start.seed(), step);
    }

    @Override
    public void direction(long k, Linearization at, Vector g, Vector p) {
        if (!warm) {
            warmStart();
        }
        config.momentum().update(momentum, g);
        p.copyFrom(momentum);
        if (before) {
            // updated in the steps 1, 1 + T, 1 + 2T, …
            refreshBefore(k - 1, at);
            preconditioner.apply(p);
        } else {
            preconditioner.apply(p);
            if (k % statistics.period() == 0) {
                observe(k, at, statistics.decay());
            }
        }
    }

    private void refreshBefore(long past, Linearization at) {
        if (past % statistics.period() == 0) {
            double observations = past / statistics.period() + 1.0;
            observe(past + 1, at, Math.min(1 - 1 / observations, statistics.decay()));
        }
        if (past % statistics.inversePeriod() == 0 || past < statistics.inversePeriod()) {
            invert();
        }
    }

    private void observe(long k, Linearization at, double decay) {
        leftOutFactors = factors.observe(new Observation(decay, 1 - decay), at, config.source(), random(k));
    }

    @Override
    public void moved(long k, Batch batch) {
        int period = statistics.inversePeriod();
        boolean early = statistics.schedule() == FactorSchedule.AFTER_DIRECTION_EAGER && k <= period;
        if (!before && (early || k % period == 0)) {
            invert();
        }
    }

    private void invert() {
        double shift = config.damping().lambda() + start.model().l2();
        preconditioner.prepare(factors, shift, config.damping().balanced());
    }

    @Override
    public void figures(Map<String, Double> figures) {
        figures.put("damping", config.damping().lambda());
        figures.put("blocksWithRaisedDamping", (double) preconditioner.raisedBlocks());
        figures.put("leftOutFactors", (double) leftOutFactors);
    }

    @Override
    public void serialize(Archive archive) {
        archive.array("momentum", momentum);
        warm = archive.flag("warm", warm);
        leftOutFactors = (int) archive.count("leftOutFactors", leftOutFactors);
        factors.serialize(archive);
        preconditioner.serialize(archive);
    }
}
