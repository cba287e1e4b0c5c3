package io.quadric.bench;

import io.quadric.nn.layer.AffineBlock;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The operations that the matrix products and inverses of a whole step cannot do without, for a chain of dense layers:
/// the floors of [StepSuite].
///
/// A multiplication with its addition counts two, of a symmetric result one triangle, an inverse by Cholesky n³, a root
/// by eigenvectors 10 n³ (Golub & Van Loan, §8.3: 9 n³ for the decomposition, n³ for the product). What happens every
/// T₂ steps counts for 1/T₂. Elementwise passes and products of a matrix with a vector count nothing.
///
/// @param blocks the layers, each with a weight and a bias
/// @param cases N
/// @param period T₂
record StepCount(List<AffineBlock> blocks, int cases, int period) {
    private static final double ROOT = 10;

    private double sum(ToDoubleFunction<AffineBlock> term) {
        return blocks.stream().mapToDouble(term).sum();
    }

    /// Products of N rows with all weights.
    private double forward() {
        return 2.0 * cases * sum(b -> (double) b.inputs() * b.outputs());
    }

    private double weightGradients() {
        return forward();
    }

    /// The inputs of the first layer have no gradient.
    private double backward() {
        return 2.0 * cases * sum(b -> b.index() == 0 ? 0 : (double) b.inputs() * b.outputs());
    }

    /// Forward pass, backward pass, weight gradients.
    double gradient() {
        return forward() + backward() + weightGradients();
    }

    /// G P A with P an outputs × inputs matrix.
    private double apply(ToDoubleFunction<AffineBlock> inputs) {
        return sum(b -> 2 * b.outputs() * inputs.applyAsDouble(b) * (b.outputs() + inputs.applyAsDouble(b)));
    }

    private double inputStatistics() {
        return cases * sum(b -> square(b.augmentedInputs()));
    }

    private double cubes(ToDoubleFunction<AffineBlock> inputs) {
        return sum(b -> Math.pow(inputs.applyAsDouble(b), 3) + Math.pow(b.outputs(), 3));
    }

    private static double square(double n) {
        return n * n;
    }

    /// A second backward pass for sampled targets without weight gradients, A and G of the minibatch, the product with
    /// the inverses, the inverses.
    double kfac() {
        double statistics = inputStatistics() + cases * sum(b -> square(b.outputs()));
        return gradient() + backward() + statistics + apply(AffineBlock::augmentedInputs)
                + cubes(AffineBlock::augmentedInputs) / period;
    }

    /// A forward and a backward pass after the move, A of the minibatch, which the Hessian action of Algorithm 9 does
    /// not form, and the product with the inverses.
    double kbfgs() {
        return gradient() + forward() + backward() + inputStatistics() + apply(AffineBlock::augmentedInputs);
    }

    /// The same with H_G as two products with the pairs: [S Y]ᵀP, and [S Y] times what comes of it.
    ///
    /// @param memory the number of pairs
    double kbfgsL(int memory) {
        double right = sum(b -> 2.0 * b.outputs() * square(b.augmentedInputs()));
        double left = sum(b -> 8.0 * memory * b.outputs() * b.augmentedInputs());
        return gradient() + forward() + backward() + inputStatistics() + right + left;
    }

    /// The contractions of both axes.
    private double contractions() {
        return apply(AffineBlock::inputs) / 2;
    }

    /// A second backward pass for sampled targets with weight gradients, the contractions, the mode products, the
    /// inverses, also those of the biases.
    double tnt() {
        double inverses = cubes(AffineBlock::inputs) + sum(b -> Math.pow(b.outputs(), 3));
        return gradient() + backward() + weightGradients() + contractions() + apply(AffineBlock::inputs)
                + inverses / period;
    }

    /// The contractions of the gradient that is there anyway, the mode products, the roots of the weights' factors.
    double shampoo() {
        return gradient() + contractions() + apply(AffineBlock::inputs)
                + ROOT * cubes(AffineBlock::inputs) / period;
    }
}
