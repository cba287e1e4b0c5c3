package io.quadric.engine.json;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.OpenTable;
import io.quadric.engine.data.ShardFolder;
import io.quadric.engine.data.Task;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.TargetEncoding;
import io.quadric.engine.train.NetworkPlan;
import io.quadric.nn.Model;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;

/// Models for tables.
final class TableModels {
    private TableModels() {}

    /// {@return a network sized by a table, with the loss for its target and an L2 penalty of one by the number of
    /// training cases}
    ///
    /// @param source a table
    /// @throws InputException if the data are no table
    static ModelSpec of(DataSource source) {
        if (source instanceof ShardFolder shards && shards.isTable()) {
            Preparation known = shards.preparation().orElseThrow(
                    () -> new InputException(shards.name() + ": a table without its preparation, expected one"));
            return sized(known.target(), shards.shape(), shards.cases());
        }
        if (!(source.opened() instanceof OpenTable table)) {
            throw new InputException("model sized is for tables, got '" + source.name() + "'");
        }
        return sized(table.prepared().preparation().target(), table.shape(), table.prepared().cases());
    }

    private static ModelSpec sized(TargetEncoding target, Shape shape, int cases) {
        Model model = new Model(
                NetworkPlan.sized().network(shape, target.width(), cases),
                target instanceof ClassTarget ? new SoftmaxCrossEntropy() : new SquaredError(),
                1.0 / cases);
        return new ModelSpec("sized", model, new Task.Given(), 1);
    }
}
