package io.quadric.engine.train;

import io.quadric.engine.InputException;
import io.quadric.engine.train.BatchSizes.Pool;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.RecipeBatches;
import java.util.Optional;
import java.util.OptionalInt;

/// Sizes of batches as far as they are asked for. The rest is what the recipe is made for, and what a method does not
/// look at is not drawn.
///
/// @param gradient the most cases of a gradient batch
/// @param curvature the cases of a separate curvature batch, 0 for none
/// @param evaluation the cases of a separate evaluation batch, 0 for none
/// @param pool where a separate curvature batch comes from; if it is not said, from the gradient batch for recipes that
///     have it so, otherwise from all cases
/// @param growth the factor from epoch to epoch
public record BatchRequest(
        OptionalInt gradient, OptionalInt curvature, OptionalInt evaluation, Optional<Pool> pool, double growth) {
    /// Batches of no size of their own have a twentieth of the cases, within bounds.
    private static final int BATCHES = 20;
    private static final int SMALLEST = 100;
    private static final int LARGEST = 1000;

    /// Only the size of the gradient batches.
    ///
    /// @param gradient the most cases of a gradient batch
    public BatchRequest(OptionalInt gradient) {
        this(gradient, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), 1);
    }

    /// {@return the plan of a method}
    ///
    /// @param recipe the name of its recipe
    /// @param optimizer the method, which may differ from the recipe in hyper-parameters
    /// @param cases of the data
    /// @param seed decides everything
    /// @throws InputException if the data are too few, or a size is out of range
    public TrainingPlan plan(String recipe, Optimizer optimizer, int cases, long seed) {
        BatchSizes sizes = sizes(Optimizers.named(recipe).batches(), optimizer, cases);
        return InputException.unlessRefused(() -> new TrainingPlan(cases, sizes, seed));
    }

    private BatchSizes sizes(RecipeBatches made, Optimizer optimizer, int cases) {
        int most = gradient.orElse(made.gradient().orElse(Math.clamp(cases / BATCHES, SMALLEST, LARGEST)));
        int taken = Math.min(most, cases);
        boolean curved = optimizer.batches().contains(BatchRole.CURVATURE);
        boolean judged = optimizer.batches().contains(BatchRole.EVALUATION);
        Pool usual = made.curvatureShare() > 0 ? Pool.GRADIENT_BATCH : Pool.ALL;
        return new BatchSizes(
                most,
                curved ? curvature.orElse(RecipeBatches.cases(made.curvatureShare(), taken)) : 0,
                judged ? evaluation.orElse(RecipeBatches.cases(made.evaluationShare(), taken)) : 0,
                pool.orElse(usual),
                growth);
    }
}
