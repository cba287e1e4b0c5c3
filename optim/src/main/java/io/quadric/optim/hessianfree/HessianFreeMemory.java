package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.internal.KfacPreconditioner;
import java.util.Optional;

/// What the steps of [HessianFree] hand on: where CG starts, and the strengths that are adapted.
final class HessianFreeMemory {
    private static final String METHOD = "hessian-free";

    private final HessianFree config;
    private final Vector startIterate;
    private final Optional<KfacPreconditioner> factors;
    private double lambda;
    private double mu;
    private double radius;
    private long steps;

    HessianFreeMemory(HessianFree config, Start start) {
        this.config = config;
        Vector theta = start.parameters().values();
        startIterate = Vector.zeros(theta.precision(), theta.size());
        factors = config.usedPreconditioner().preconditioner() == Preconditioner.Source.KRONECKER
                ? Optional.of(new KfacPreconditioner(start))
                : Optional.empty();
        lambda = config.damping().lambda();
        mu = config.structural().structuralDamping();
        radius = config.solver().region().radius();
    }

    /// The iterate of the step before from which CG starts, before ζ; to be overwritten.
    Vector startIterate() {
        return startIterate;
    }

    /// Those of [Preconditioner.Source#KRONECKER].
    Optional<KfacPreconditioner> factors() {
        return factors;
    }

    double lambda() {
        return lambda;
    }

    double mu() {
        return mu;
    }

    double radius() {
        return radius;
    }

    long steps() {
        return steps;
    }

    void beginStep() {
        steps++;
    }

    /// Adapts to a step that failed; what CG would start from is forgotten.
    void failed() {
        if (config.solver().region().isOn()) {
            radius /= config.damping().boost();
        } else {
            lambda = config.damping().afterFailure(lambda);
        }
        mu = config.structural().next(mu, config.damping().boost());
        startIterate.fill(0);
    }

    /// Adapts to a step that moved the parameters.
    void moved(double reductionRatio) {
        double factor = config.damping().factor(reductionRatio);
        if (config.solver().region().isOn()) {
            radius /= factor;
        } else {
            lambda = config.damping().next(lambda, reductionRatio);
        }
        mu = config.structural().next(mu, factor);
    }

    State state() {
        State state = new State(METHOD);
        state.put("steps", steps);
        state.put("lambda", lambda);
        state.put("mu", mu);
        state.put("radius", radius);
        state.put("lastIterate", startIterate);
        factors.ifPresent(kept -> kept.save(state));
        return state;
    }

    void restore(State state) {
        state.require(METHOD);
        state.get("lastIterate", startIterate);
        factors.ifPresent(kept -> kept.restore(state));
        lambda = state.number("lambda");
        mu = state.number("mu");
        radius = state.number("radius");
        steps = (long) state.number("steps");
    }
}
