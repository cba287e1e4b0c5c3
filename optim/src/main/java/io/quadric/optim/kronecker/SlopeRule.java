package io.quadric.optim.kronecker;

import io.quadric.optim.Archive;

/// λ of a [Quadric] run, adapted by the slope at the end of steps and by the length of their directions.
final class SlopeRule {
    private static final double DECAY = 0.8;
    private static final double SMALLEST = 1e-6;
    private static final double LARGEST = 1e12;
    private static final double BOOST = 4;
    private static final double LEAST_SHARE = 0.01;

    private final Quadric.Damping config;
    private double lambda;
    private double end;
    private double beginning;
    private double logLength;
    private long lengths;
    private double share = 1;

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

    /// Before the first step.
    ///
    /// @param cases of its batch, the sum of their weights
    void begin(double cases) {
        lambda = bounded(lambda / Math.pow(shareOfFull(cases), 2));
    }

    private double shareOfFull(double cases) {
        return Math.clamp(cases / config.fullBatch(), 1.0 / config.fullBatch(), 1);
    }

    /// Takes gᵀδ₀ after a step, and before it.
    ///
    /// @param cases of its batch, the sum of their weights
    void observe(double after, double before, double cases) {
        end = DECAY * end + (1 - DECAY) * after;
        beginning = DECAY * beginning + (1 - DECAY) * Math.abs(before);
        double excess = slope() - config.target() * shareOfFull(cases);
        if (Double.isFinite(excess)) {
            double ofLength = lengths == 0 ? Double.NEGATIVE_INFINITY : Math.log(config.leastLength()) - logLength;
            double change = share < LEAST_SHARE ? -1 : Math.clamp(Math.max(excess, ofLength), -1, 1);
            lambda = bounded(lambda * Math.exp(config.gain() * change));
        }
    }

    /// Takes α of a step, and the share of B in the curvature of B + λD along Δ: what is below a hundredth is too short
    /// for any slope to show.
    void observe(double length, double ofBatch) {
        share = ofBatch;
        if (length > 0 && Double.isFinite(length)) {
            lengths++;
            logLength += Math.max(1.0 / lengths, 1 - DECAY) * (Math.log(length) - logLength);
        }
    }

    /// A step was cut: one of few cases may have been that for its direction.
    ///
    /// @param cases of its batch, the sum of their weights
    void cut(double cases) {
        lambda = bounded(lambda * Math.pow(BOOST, 1 - shareOfFull(cases)));
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
        logLength = archive.number("logLength", logLength);
        lengths = archive.count("lengths", lengths);
        share = archive.number("share", share);
    }
}
