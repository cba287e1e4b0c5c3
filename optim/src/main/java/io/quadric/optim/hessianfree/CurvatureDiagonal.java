package io.quadric.optim.hessianfree;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Vector;
import io.quadric.nn.GaussNewtonDiagonal;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.StructuralTerm;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.optim.BatchRole;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A diagonal d that represents the curvature matrix's, in a [DampingMatrix] or a [Preconditioner]. Implement it for a
/// diagonal of your own.
@FunctionalInterface
public non-sealed interface CurvatureDiagonal extends DampingMatrix.Kind, Preconditioner.Source {
    /// d ← the diagonal, including the L2 penalty η.
    ///
    /// @param at the model at θ, on [its batch][#batch]
    /// @param random the random numbers of the step
    /// @param d overwritten, a flat vector of numbers of at least 0
    void compute(Linearization at, RandomGenerator random, Vector d);

    /// {@return the diagonal as a mean over cases, if it is one}: then it can be had in chunks.
    default Optional<Objective.Mean> mean() {
        return Optional.empty();
    }

    /// {@return what makes the diagonal without the penalty in the backward pass of the gradient}, if that is all it
    /// takes: then it needs no pass of its own.
    ///
    /// @param at the model at θ, on the gradient batch
    /// @param d 0 at first, accumulated
    default Optional<Objective.Observer> observer(Objective at, Vector d) {
        return Optional.empty();
    }

    /// {@return the batch on which the diagonal is computed}: the gradient batch, unless overridden by the curvature
    /// batch.
    default BatchRole batch() {
        return BatchRole.GRADIENT;
    }

    /// d ← d + what structural damping adds to the diagonal; nothing unless overridden.
    ///
    /// @param term structural damping at θ
    /// @param random the random numbers of the step
    /// @param d accumulated
    default void addStructural(StructuralTerm term, RandomGenerator random, Vector d) {
        // gradients of the structural term are 0 at θ: what is made of gradients does not see it
    }

    /// {@return what structural damping adds to the diagonal as a mean over cases, if it is one}
    ///
    /// @param term structural damping
    default Optional<Objective.Mean> structuralMean(StructuralDamping term) {
        return Optional.empty();
    }

    /// A published diagonal as a mean over cases.
    ///
    /// @param diagonal which one
    /// @param structural what structural damping adds to it, if there is a term, in place of the diagonal itself
    record UsualMean(Usual diagonal, List<StructuralDamping> structural) implements Objective.Mean {
        @Override
        public int size(Model model) {
            return model.network().layout().size();
        }

        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            if (structural.isEmpty()) {
                diagonal.compute(at, random, mean);
            }
            structural.forEach(term -> diagonal.addStructural(at.structural(term), random, mean.fill(0)));
            return 0;
        }
    }

    /// The published diagonals.
    enum Usual implements CurvatureDiagonal {
        /// (1/N) Σ (∇Lᵢ)² + η on the gradient batch (Martens & Sutskever 2012, Algorithm 6). It cannot account for
        /// structural damping (§11.4).
        EMPIRICAL_FISHER,
        /// An unbiased estimate of the Gauss-Newton diagonal of the curvature batch by random signs, for one backward
        /// pass (Algorithm 7), and another one with structural damping.
        RADEMACHER,
        /// The exact Gauss-Newton diagonal of the curvature batch, for one backward pass for each output, and with
        /// structural damping for each hidden unit; of each time step.
        EXACT;

        @Override
        public void compute(Linearization at, RandomGenerator random, Vector d) {
            switch (this) {
                case EMPIRICAL_FISHER -> {
                    at.empiricalFisherDiagonal(d);
                    Elementwise.power(d, at.model().l2(), 1, d);
                }
                case RADEMACHER -> GaussNewtonDiagonal.estimate(at, random, d);
                case EXACT -> GaussNewtonDiagonal.exact(at, d);
            }
        }

        @Override
        public Optional<Objective.Mean> mean() {
            return Optional.of(new UsualMean(this, List.of()));
        }

        @Override
        public Optional<Objective.Mean> structuralMean(StructuralDamping term) {
            return Optional.of(new UsualMean(this, List.of(term)));
        }

        @Override
        public Optional<Objective.Observer> observer(Objective at, Vector d) {
            return this == EMPIRICAL_FISHER ? Optional.of(new SquaredGradients(at, d)) : Optional.empty();
        }

        @Override
        public BatchRole batch() {
            return this == EMPIRICAL_FISHER ? BatchRole.GRADIENT : BatchRole.CURVATURE;
        }

        @Override
        public void addStructural(StructuralTerm term, RandomGenerator random, Vector d) {
            switch (this) {
                case EMPIRICAL_FISHER -> CurvatureDiagonal.super.addStructural(term, random, d);
                case RADEMACHER -> term.addDiagonalEstimate(random, d);
                case EXACT -> term.addDiagonal(d);
            }
        }
    }
}
