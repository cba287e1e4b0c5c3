package io.quadric.optim.kronecker;

import io.quadric.linalg.Vector;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.internal.InitialStatistics;
import io.quadric.optim.internal.KroneckerInverses;
import io.quadric.optim.internal.TrialObjective;
import io.quadric.optim.step.Direction;
import java.util.Map;

/// The memory of [Kfac]: momentum, factors and their inverses.
final class KfacDirection implements Direction {
    private final Kfac config;
    private final Kfac.Statistics statistics;
    private final Kfac.Adaptation adaptation;
    private final boolean before;
    private final Start start;
    private final Vector momentum;
    private final KroneckerFactors factors;
    private final KroneckerInverses preconditioner;
    private boolean warm;
    private boolean changed;
    private double lambda;
    private double reductionRatio = Double.NaN;
    private int leftOutFactors;

    KfacDirection(Kfac config, Start start) {
        this.config = config;
        this.statistics = config.statistics();
        this.adaptation = config.damping().adaptation();
        this.lambda = config.damping().lambda();
        this.before = statistics.schedule() == FactorSchedule.BEFORE_DIRECTION;
        this.warm = before;
        this.start = start;
        Vector theta = start.parameters().values();
        momentum = Vector.zeros(theta.precision(), theta.size());
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        preconditioner = new KroneckerInverses(start.parameters().layout(), theta, start.ws());
    }

    /// A and G of all warm-up data at the starting parameters: the mean over cases, batch by batch.
    @Override
    public void prepare() {
        if (warm) {
            return;
        }
        InitialStatistics.run("KFAC", start, CaseSet::weight, (at, seen, weight) -> {
            Observation observation = new Observation(1 - weight, weight);
            leftOutFactors = factors.observe(observation, at, config.source(), random(-seen));
        });
        changed = true;
        invert();
        warm = true;
    }

    /// Whether the factors are observed in step k: in the steps 1, 1 + T₁, 1 + 2T₁, … if that comes before the
    /// direction, otherwise in the steps T₁, 2T₁, …
    private boolean observes(long k) {
        return (before ? k - 1 : k) % statistics.period() == 0;
    }

    private Observation observation(long k) {
        double observations = (k - 1) / statistics.period() + 1.0;
        double decay = before ? Math.min(1 - 1 / observations, statistics.decay()) : statistics.decay();
        return new Observation(decay, 1 - decay);
    }

    /// A comes from the gradient's own pass, and so does G of the true targets.
    @Override
    public Objective.Observer observer(long k) {
        return observes(k) ? factors.begin(observation(k), config.source()) : Objective.Observer.NONE;
    }

    private Draws random(long step) {
        return new Draws(start.seed(), step);
    }

    @Override
    public void direction(long k, Objective at, Vector g, Vector p) {
        config.momentum().update(momentum, g);
        p.copyFrom(momentum);
        if (observes(k)) {
            leftOutFactors = factors.finish(observation(k), at, config.source(), random(k));
            changed = true;
        }
        int period = statistics.inversePeriod();
        if (before && ((k - 1) % period == 0 || k <= period)) {
            invert();
        }
        preconditioner.apply(p);
        reductionRatio = Double.NaN;
        if (adaptation.isDue(k)) {
            double predicted = 0.5 * at.gaussNewton().quadraticForm(p, start.ws()) - g.dot(p);
            reductionRatio = (new TrialObjective(start, at.batch()).at(-1, p) - at.loss()) / predicted;
            lambda = adaptation.next(lambda, reductionRatio);
            changed = true;
        }
    }

    @Override
    public void moved(long k, CaseSet batch) {
        int period = statistics.inversePeriod();
        boolean early = statistics.schedule() == FactorSchedule.AFTER_DIRECTION_EAGER && k <= period;
        if (!before && (early || k % period == 0)) {
            invert();
        }
    }

    /// Factors that have not changed have their inverses already.
    private void invert() {
        if (!changed) {
            return;
        }
        changed = false;
        preconditioner.prepare(factors, damping() + start.model().l2(), config.damping().balanced());
    }

    private double damping() {
        return adaptation.period() > 0 ? lambda + adaptation.tau() : lambda;
    }

    @Override
    public void figures(Map<String, Double> figures) {
        figures.put("damping", damping());
        if (adaptation.period() > 0) {
            figures.put("reductionRatio", reductionRatio);
        }
        figures.put("blocksWithRaisedDamping", (double) preconditioner.raisedBlocks());
        figures.put("leftOutFactors", (double) leftOutFactors);
    }

    @Override
    public void serialize(Archive archive) {
        archive.array("momentum", momentum);
        warm = archive.flag("warm", warm);
        changed = archive.flag("changed", changed);
        lambda = archive.number("lambda", lambda);
        leftOutFactors = (int) archive.count("leftOutFactors", leftOutFactors);
        factors.serialize(archive);
        preconditioner.serialize(archive);
    }
}
