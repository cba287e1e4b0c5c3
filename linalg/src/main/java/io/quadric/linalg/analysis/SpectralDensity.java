package io.quadric.linalg.analysis;

import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// The density of the eigenvalues of a symmetric operator, by stochastic Lanczos quadrature: the mean of the quadrature
/// rules of several random starting vectors (Ubaru, Chen & Saad 2017).
///
/// @param size n, the size of the operator
/// @param probes the quadrature rule of each starting vector
public record SpectralDensity(int size, List<RitzValues> probes) {
    /// Copies the list.
    public SpectralDensity {
        probes = List.copyOf(probes);
    }

    /// Estimates a density.
    ///
    /// @param operator B
    /// @param lanczos the products for each starting vector
    /// @param probes the number of starting vectors, at least 1
    /// @param random the source of the vectors
    /// @param ws threads and scratch
    /// @return the density
    /// @throws IllegalArgumentException if there are no probes
    public static SpectralDensity estimate(SelfAdjointOperator operator, Lanczos lanczos, int probes,
            RandomGenerator random, Workspace ws) {
        if (probes < 1) {
            throw new IllegalArgumentException("probes is " + probes + ", expected at least 1");
        }
        List<RitzValues> rules = new ArrayList<>();
        for (int i = 0; i < probes; i++) {
            rules.add(lanczos.run(operator, random, ws));
        }
        return new SpectralDensity(operator.size(), rules);
    }

    /// {@return an estimate of the mean of f over all eigenvalues}, that is, of (1/n) tr f(B).
    ///
    /// @param f defined on the spectrum
    public double mean(DoubleUnaryOperator f) {
        double sum = 0;
        for (RitzValues rule : probes) {
            for (int i = 0; i < rule.values().size(); i++) {
                sum += rule.weights().get(i) * f.applyAsDouble(rule.values().get(i));
            }
        }
        return sum / probes.size();
    }

    /// {@return the density at x, of integral 1, smoothed by a Gaussian}
    ///
    /// @param x the point
    /// @param width the standard deviation of the Gaussian, positive
    public double at(double x, double width) {
        double scale = 1 / (width * Math.sqrt(2 * Math.PI));
        return mean(value -> {
            double distance = (value - x) / width;
            return scale * Math.exp(-0.5 * distance * distance);
        });
    }
}
