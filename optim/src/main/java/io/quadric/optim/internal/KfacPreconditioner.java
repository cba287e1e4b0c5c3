package io.quadric.optim.internal;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.Linearization;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.FactorSource;
import io.quadric.optim.curvature.KroneckerFactors;

/// The inverse of KFAC's approximation of the curvature, kept alive from step to step: β = min(1 − 1/k, 0.95), targets
/// sampled, inverted in every step with damping split by the factors' traces (Martens & Grosse 2015, §5 and §6.3).
/// As a preconditioner of Hessian-free optimisation it goes beyond the papers on either.
public final class KfacPreconditioner implements SelfAdjointOperator {
    private static final double DECAY = 0.95;

    private final Start start;
    private final KroneckerFactors factors;
    private final KroneckerInverses inverses;
    private long observations;

    public KfacPreconditioner(Start start) {
        this.start = start;
        Vector theta = start.parameters().values();
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        inverses = new KroneckerInverses(start.parameters().layout(), theta, start.ws());
    }

    /// Adds a batch to the factors and inverts them.
    ///
    /// @param shift added to the approximation, with everything that is to be in it
    public void observe(Linearization at, long step, double shift) {
        observations++;
        double decay = Math.min(1 - 1.0 / observations, DECAY);
        var observation = new KroneckerFactors.Observation(decay, 1 - decay);
        factors.observe(observation, at, FactorSource.SAMPLED, StepRandom.of(start.seed(), step));
        inverses.prepare(factors, shift, true);
    }

    @Override
    public int size() {
        return start.parameters().values().size();
    }

    @Override
    public Precision precision() {
        return start.parameters().values().precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        y.copyFrom(x);
        inverses.apply(y);
    }

    public void serialize(Archive archive) {
        observations = archive.count("observations", observations);
        factors.serialize(archive);
        inverses.serialize(archive);
    }
}
