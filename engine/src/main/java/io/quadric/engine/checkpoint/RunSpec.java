package io.quadric.engine.checkpoint;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.train.Problem;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Precision;

/// A run in names and numbers: together with the data, everything that decides its figures.
///
/// @param model what is trained
/// @param data the name of the data set
/// @param precision of data and parameters
/// @param optimizer the method
/// @param plan the batches
/// @param initialization of the parameters
public record RunSpec(
        ModelSpec model,
        String data,
        Precision precision,
        OptimizerSpec optimizer,
        TrainingPlan plan,
        Initialization initialization) {
    /// {@return the run on loaded data}
    ///
    /// @param dataset the data set of this name
    /// @throws io.quadric.engine.InputException if model, plan and data do not fit together
    public TrainingSetup on(Dataset dataset) {
        return new TrainingSetup(
                new Problem(model.model(), dataset), optimizer.optimizer(), plan, initialization.initializer());
    }
}
