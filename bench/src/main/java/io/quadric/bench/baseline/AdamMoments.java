package io.quadric.bench.baseline;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Archive;

/// Adam's two moments of some vector (Kingma & Ba 2015, Algorithm 1), for the parameters that a method leaves to Adam.
final class AdamMoments {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final Vector mean;
    private final Vector square;

    AdamMoments(double beta1, double beta2, double epsilon, Vector like) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        mean = like.copy().fill(0);
        square = like.copy().fill(0);
    }

    /// p ← m̂ / (√v̂ + ε)
    void direction(long k, Vector g, Vector p, Workspace ws) {
        mean.axpby(1 - beta1, g, beta1);
        new Hadamard(1 - beta2, beta2).multiply(g.asRow(), g.asRow(), square.asRow(), ws);
        RootDivision division = new RootDivision(
                1 / (1 - Math.pow(beta1, k)), 1 / (1 - Math.pow(beta2, k)), epsilon);
        Elementwise.divideByRoot(division, mean.asRow(), square.asRow(), p.asRow());
    }

    void serialize(Archive archive) {
        archive.array("mean", mean);
        archive.array("square", square);
    }
}
