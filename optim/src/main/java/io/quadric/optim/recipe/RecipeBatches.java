package io.quadric.optim.recipe;

import io.quadric.optim.internal.Require;
import java.util.OptionalInt;

/// The batches that a method is made for. What a method [does not look at][io.quadric.optim.Optimizer#batches] it does
/// not need.
///
/// @param gradient the cases of a gradient batch, if the method is made for batches of some size
/// @param curvatureShare the cases of a curvature batch, drawn from the gradient batch, as a share of it; 0 if the
///     curvature is that of the gradient batch
/// @param evaluationShare the cases of an evaluation batch, which are outside the curvature batch, as a share of the
///     gradient batch
public record RecipeBatches(OptionalInt gradient, double curvatureShare, double evaluationShare) {
    /// One batch of any size for gradient and curvature; ½ for evaluation is our choice.
    public static final RecipeBatches ALIKE = new RecipeBatches(OptionalInt.empty(), 0, 0.5);

    /// Checks the shares.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public RecipeBatches {
        Require.fraction("curvatureShare", curvatureShare);
        Require.unitInterval("evaluationShare", evaluationShare);
        Require.positive("evaluationShare", evaluationShare);
    }

    /// {@return the same for gradient batches of some size}
    ///
    /// @param cases of a gradient batch
    public RecipeBatches of(int cases) {
        return new RecipeBatches(OptionalInt.of(cases), curvatureShare, evaluationShare);
    }

    /// {@return the same with a smaller curvature batch from within the gradient batch}
    ///
    /// @param share of the gradient batch
    public RecipeBatches withCurvature(double share) {
        return new RecipeBatches(gradient, share, evaluationShare);
    }

    /// {@return the cases of a share of a batch}, at least 1 unless the share is 0.
    ///
    /// @param share of the batch
    /// @param cases of the batch
    public static int cases(double share, int cases) {
        return share == 0 ? 0 : Math.max(1, (int) (share * cases));
    }
}
