package io.quadric.optim.kronecker;

import io.quadric.optim.Archive;

/// λ of a [Quadric] run, adapted by the slope at the end of a step.
final class SlopeRule {
    private static final double DECAY = 0.8;
    private static final double SMALLEST = 1e-6;
    private static final double LARGEST = 1e12;
    private static final double BOOST = 4;

    private final Quadric.Damping config;
    private double lambda;
    private double end;
    private double beginning;

    SlopeRule(Quadric.Damping config) {
        this.config = config;
        lambda = config.lambda();
    }

    double lambda() {
        return lambda;
    }

    /// q; NaN before there is a step.
    double slope() {
        return beginning > 0 ? end / beginning : Double.NaN;
    }

    /// Takes gᵀδ₀ after a step, and before it.
    void observe(double after, double before) {
        end = DECAY * end + (1 - DECAY) * after;
        beginning = DECAY * beginning + (1 - DECAY) * Math.abs(before);
        double excess = slope() - config.target();
        if (Double.isFinite(excess)) {
            lambda = bounded(lambda * Math.exp(config.gain() * Math.clamp(excess, -1, 1)));
        }
    }

    /// A step was bad: the old slopes say nothing about shorter ones.
    void raise() {
        lambda = bounded(lambda * BOOST);
        end = 0;
        beginning = 0;
    }

    /// What the user gives may be beyond the bounds.
    private double bounded(double value) {
        return Math.clamp(value, Math.min(SMALLEST, config.lambda()), Math.max(LARGEST, config.lambda()));
    }

    void serialize(Archive archive) {
        lambda = archive.number("lambda", lambda);
        end = archive.number("slopeEnd", end);
        beginning = archive.number("slopeBeginning", beginning);
    }
}
