package io.quadric.engine.prepare;

/// How a [Preparation] is fitted.
///
/// @param scaling of features that are numbers
/// @param numbers what replaces missing ones
/// @param indicator whether a column with missing numbers gets a second one that says where they are missing
/// @param categories what replaces missing ones
/// @param unseen what becomes of categories that the training data did not have
/// @param mostCategories of a column that get a column of their own; rarer ones count as unseen
/// @param targets scaling of targets that are numbers
public record PreparationRules(
        Scaling scaling,
        NumberFill numbers,
        boolean indicator,
        CategoryFill categories,
        Unseen unseen,
        int mostCategories,
        Scaling targets) {
    /// Checks the number of categories.
    ///
    /// @throws IllegalArgumentException if it is below 1
    public PreparationRules {
        if (mostCategories < 1) {
            throw new IllegalArgumentException("at most " + mostCategories + " categories, expected at least 1");
        }
    }

    /// {@return features and targets standardised; the mean for missing numbers, with an indicator; a column for
    /// missing categories, zeros for unseen ones; at most 100 categories}
    public static PreparationRules defaults() {
        return new PreparationRules(
                Scaling.STANDARDISE,
                new NumberFill.Mean(),
                true,
                new CategoryFill.OwnColumn(),
                Unseen.ZEROS,
                100,
                Scaling.STANDARDISE);
    }

    /// {@return the same with another scaling of features}
    ///
    /// @param other the scaling
    public PreparationRules withScaling(Scaling other) {
        return new PreparationRules(other, numbers, indicator, categories, unseen, mostCategories, targets);
    }

    /// {@return the same with something else in place of missing numbers}
    ///
    /// @param fill the replacement
    public PreparationRules withNumbers(NumberFill fill) {
        return new PreparationRules(scaling, fill, indicator, categories, unseen, mostCategories, targets);
    }

    /// {@return the same with or without columns that say where numbers are missing}
    ///
    /// @param wanted whether there are such columns
    public PreparationRules withIndicator(boolean wanted) {
        return new PreparationRules(scaling, numbers, wanted, categories, unseen, mostCategories, targets);
    }

    /// {@return the same with something else in place of missing categories}
    ///
    /// @param fill the replacement
    public PreparationRules withCategories(CategoryFill fill) {
        return new PreparationRules(scaling, numbers, indicator, fill, unseen, mostCategories, targets);
    }

    /// {@return the same with another fate of unseen categories}
    ///
    /// @param fate what becomes of them
    public PreparationRules withUnseen(Unseen fate) {
        return new PreparationRules(scaling, numbers, indicator, categories, fate, mostCategories, targets);
    }

    /// {@return the same with another number of categories}
    ///
    /// @param most columns for a column of categories
    public PreparationRules withMostCategories(int most) {
        return new PreparationRules(scaling, numbers, indicator, categories, unseen, most, targets);
    }

    /// {@return the same with another scaling of targets}
    ///
    /// @param other the scaling
    public PreparationRules withTargets(Scaling other) {
        return new PreparationRules(scaling, numbers, indicator, categories, unseen, mostCategories, other);
    }
}
