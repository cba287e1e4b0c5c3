package io.quadric.engine.experiment;

import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One run of an experiment.
///
/// @param label what it is called, unique in the experiment
/// @param data the name of the data set
/// @param model what is trained
/// @param method a recipe with its settings
/// @param initialization of the parameters
/// @param batchSize the most cases of a gradient batch
/// @param curvatureBatchSize the cases of a separate curvature batch, 0 for what the recipe is made for
/// @param precision of data and parameters
public record Entry(
        String label,
        String data,
        ModelSpec model,
        OptimizerSpec method,
        Initialization initialization,
        int batchSize,
        int curvatureBatchSize,
        Precision precision) {
    /// In FLOAT32, with the batches that the recipe is made for.
    ///
    /// @param label what it is called
    /// @param subject data, model and first parameters
    /// @param batchSize the most cases of a batch
    /// @param recipe the method
    /// @param settings other than the recipe's, as `name=value`
    Entry(String label, Subject subject, int batchSize, String recipe, String... settings) {
        this(label, subject.data(), subject.model(), new OptimizerSpec(recipe, values(settings)),
                subject.initialization(), batchSize, 0, Precision.FLOAT32);
    }

    /// What the runs of an experiment share.
    ///
    /// @param data the name of the data set
    /// @param model what is trained
    /// @param initialization of the parameters
    record Subject(String data, ModelSpec model, Initialization initialization) {}

    private static Map<String, String> values(String... settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        return values;
    }

    /// {@return the same with a separate curvature batch}
    ///
    /// @param cases of the curvature batch
    Entry withCurvatureBatch(int cases) {
        return new Entry(label, data, model, method, initialization, batchSize, cases, precision);
    }

    /// {@return the same with another penalty}
    ///
    /// @param l2 η
    public Entry withL2(double l2) {
        return new Entry(
                label, data, model.withL2(l2), method, initialization, batchSize, curvatureBatchSize, precision);
    }

    /// {@return the same with other first parameters}
    ///
    /// @param other initialisation
    public Entry withInitialization(Initialization other) {
        return new Entry(label, data, model, method, other, batchSize, curvatureBatchSize, precision);
    }

    /// {@return the run}
    ///
    /// @param dataset the data
    /// @param seed decides everything random
    public RunSpec run(Dataset dataset, long seed) {
        OptionalInt curvature = curvatureBatchSize > 0 ? OptionalInt.of(curvatureBatchSize) : OptionalInt.empty();
        TrainingPlan plan = new BatchRequest(
                OptionalInt.of(batchSize), curvature, OptionalInt.empty(), Optional.empty(), 1)
                .plan(method.recipe(), method.optimizer(), dataset.train().cases(), seed);
        return new RunSpec(model, data, precision, method, plan, initialization);
    }
}
