package io.quadric.engine.data;

import io.quadric.engine.prepare.ClassWeights;
import io.quadric.engine.prepare.NumberFill;
import io.quadric.engine.prepare.PreparationRules;
import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.prepare.TargetKind;
import io.quadric.engine.prepare.Unseen;
import io.quadric.nn.registry.Argument;
import java.util.Optional;

/// How a table becomes cases to train on and to validate with.
///
/// @param task what is predicted
/// @param scaling of the features; that of the source if empty
/// @param fill what replaces missing numbers
/// @param unseen what becomes of categories that the training cases do not have
/// @param balanced whether all classes count the same, however many cases they have
/// @param validation share of the cases to validate with, 0 for none
/// @param splitSeed decides which cases these are
public record TableRules(
        @Argument(otherwise = "inferred") TargetKind task,
        Optional<Scaling> scaling,
        @Argument(otherwise = "mean") Fill fill,
        @Argument(otherwise = "zeros") Unseen unseen,
        @Argument(otherwise = "false") boolean balanced,
        @Argument(otherwise = "0.2") double validation,
        @Argument(otherwise = "1") long splitSeed) {
    /// What replaces missing numbers.
    public enum Fill {
        /// The mean of the training cases.
        MEAN(new NumberFill.Mean()),
        /// The median of the training cases.
        MEDIAN(new NumberFill.Median()),
        /// The most frequent number of the training cases.
        MOST_FREQUENT(new NumberFill.MostFrequent()),
        /// Zero.
        ZERO(new NumberFill.Constant(0)),
        /// Nothing: a missing number is an error.
        REFUSED(new NumberFill.Refused());

        private final NumberFill rule;

        Fill(NumberFill rule) {
            this.rule = rule;
        }
    }

    /// Checks the share.
    ///
    /// @throws IllegalArgumentException if it is negative or not below 1
    public TableRules {
        if (!(validation >= 0) || !(validation < 1)) {
            throw new IllegalArgumentException("validation is " + validation + ", expected at least 0 and less than 1");
        }
    }

    /// {@return what is predicted is inferred; features as the source wants them; the mean for missing numbers; a fifth
    /// of the cases to validate with}
    public static TableRules defaults() {
        return new TableRules(
                TargetKind.INFERRED, Optional.empty(), Fill.MEAN, Unseen.ZEROS, false, 0.2, 1);
    }

    /// {@return the same with another share to validate with}
    ///
    /// @param share 0 for none
    public TableRules withValidation(double share) {
        return new TableRules(task, scaling, fill, unseen, balanced, share, splitSeed);
    }

    /// {@return the same for another kind of target}
    ///
    /// @param kind what is predicted
    public TableRules withTask(TargetKind kind) {
        return new TableRules(kind, scaling, fill, unseen, balanced, validation, splitSeed);
    }

    /// {@return the same with another scaling}
    ///
    /// @param other of the features
    public TableRules withScaling(Scaling other) {
        return new TableRules(task, Optional.of(other), fill, unseen, balanced, validation, splitSeed);
    }

    /// {@return the same with another seed}
    ///
    /// @param seed decides which cases validate
    public TableRules withSplitSeed(long seed) {
        return new TableRules(task, scaling, fill, unseen, balanced, validation, seed);
    }

    /// The rules of preparation, with the scaling of the source where none is given.
    PreparationRules preparation(Scaling otherwise) {
        return PreparationRules.defaults()
                .withScaling(scaling.orElse(otherwise))
                .withNumbers(fill.rule)
                .withUnseen(unseen);
    }

    ClassWeights classWeights() {
        return balanced ? new ClassWeights.Balanced() : new ClassWeights.Equal();
    }
}
