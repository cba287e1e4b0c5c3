package io.quadric.engine.prepare;

import io.quadric.engine.table.Table;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;

/// Everything between a table and a network, as fitted on training data.
///
/// ```java
/// Preparation preparation = Preparation.fit(train, PreparationRules.defaults(), TargetKind.INFERRED);
/// Batch batch = preparation.batch(train, Precision.FLOAT32);
/// ```
///
/// @param features to the inputs
/// @param target to the targets
public record Preparation(FeatureEncoding features, TargetEncoding target) {
    /// {@return what fits training data}
    ///
    /// @param train the data
    /// @param rules how features and targets are prepared
    /// @param kind what is predicted
    /// @throws io.quadric.engine.InputException if a column cannot be prepared
    public static Preparation fit(Table train, PreparationRules rules, TargetKind kind) {
        return new Preparation(
                FeatureEncoding.fit(train, rules), TargetEncoding.fit(train, kind, rules.targets()));
    }

    /// {@return inputs and targets}
    ///
    /// @param table has the columns
    /// @param precision of the matrices
    /// @throws io.quadric.engine.InputException if a value is missing or cannot be encoded
    public Batch batch(Table table, Precision precision) {
        return new Batch(features.encode(table, precision), target.encode(table, precision));
    }
}
