package io.quadric.optim.hessianfree;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.internal.KroneckerInverses;

/// The inverse of KFAC's approximation of the curvature, with factors averaged over the steps: β = min(1 − 1/k, 0.95),
/// sampled targets, inversion in every step with damping split by the factors' traces (Martens & Grosse 2015, §5 and
/// §6.3). Its use as a preconditioner goes beyond the papers on KFAC and on Hessian-free optimisation.
final class KfacPreconditioner implements KeptPreconditioner {
    private static final double DECAY = 0.95;

    private final Start start;
    private final KroneckerFactors factors;
    private final KroneckerInverses inverses;
    private long observations;

    KfacPreconditioner(Start start) {
        this.start = start;
        Vector theta = start.parameters().values();
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        inverses = new KroneckerInverses(start.parameters().layout(), theta, start.ws());
    }

    @Override
    public void observe(Objective at, long step, double shift) {
        observations++;
        double decay = Math.min(1 - 1.0 / observations, DECAY);
        var observation = new KroneckerFactors.Observation(decay, 1 - decay);
        factors.observe(observation, at, GradientSource.SAMPLED, new Draws(start.seed(), step));
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

    @Override
    public void serialize(Archive archive) {
        observations = archive.count("observations", observations);
        factors.serialize(archive);
        inverses.serialize(archive);
    }
}
