package io.quadric.engine.cli;

import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.train.CarriedState;
import io.quadric.engine.train.Trainer;
import io.quadric.linalg.Workspace;
import java.util.Map;
import java.util.Optional;

/// What changes where a run goes on.
///
/// @param from the checkpoint, if the run goes on from one
/// @param optimizer the method from here on, if it is named
/// @param values hyper-parameters that change
record Resumption(Optional<Checkpoint> from, Optional<String> optimizer, Map<String, String> values) {
    private boolean changes() {
        return from.isPresent() && (optimizer.isPresent() || !values.isEmpty());
    }

    /// What is trained from here on.
    ///
    /// @param old what was trained so far, or is, if nothing changes
    /// @throws InputException if the method or a hyper-parameter is unknown or out of range
    TrainSetup changed(TrainSetup old) {
        if (!changes()) {
            return old;
        }
        OptimizerSpec before = old.run().optimizer();
        return old.by(before.changed(optimizer.orElse(before.recipe()), values));
    }

    /// What of the memory goes on, if something changes.
    Optional<CarriedState> carried(TrainSetup old, TrainSetup now, Workspace ws) {
        return changes()
                ? from.map(at -> Trainer.carried(old.training(), now.training(), at.snapshot(), ws))
                : Optional.empty();
    }
}
