package io.quadric.engine.experiment;

import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.BatchSizes;
import io.quadric.engine.train.Schedule;
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
/// @param sizes of the batches; what they leave open is what the recipe is made for
/// @param precision of data and parameters
/// @param pace how long the run is and how its rate falls
public record Entry(
        String label,
        String data,
        ModelSpec model,
        OptimizerSpec method,
        Initialization initialization,
        BatchRequest sizes,
        Precision precision,
        Pace pace) {
    /// In FLOAT32, with the batches that the recipe is made for.
    ///
    /// @param label what it is called
    /// @param subject data, model and first parameters
    /// @param batchSize the most cases of a batch
    /// @param recipe the method
    /// @param settings other than the recipe's, as `name=value`
    public Entry(String label, Subject subject, int batchSize, String recipe, String... settings) {
        this(label, subject.data(), subject.model(), new OptimizerSpec(recipe, values(settings)),
                subject.initialization(), new BatchRequest(OptionalInt.of(batchSize)), Precision.FLOAT32, Pace.WHOLE);
    }

    /// What the runs of an experiment share.
    ///
    /// @param data the name of the data set
    /// @param model what is trained
    /// @param initialization of the parameters
    public record Subject(String data, ModelSpec model, Initialization initialization) {}

    private static Map<String, String> values(String... settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        return values;
    }

    /// {@return the same with a curvature batch drawn from the gradient batch}
    ///
    /// @param cases of the curvature batch
    public Entry withCurvatureBatch(int cases) {
        return withSizes(new BatchRequest(sizes.gradient(), OptionalInt.of(cases), sizes.evaluation(),
                Optional.of(BatchSizes.Pool.GRADIENT_BATCH), sizes.growth()));
    }

    /// {@return the same with a separate evaluation batch}
    ///
    /// @param cases of the evaluation batch
    public Entry withEvaluationBatch(int cases) {
        return withSizes(new BatchRequest(
                sizes.gradient(), sizes.curvature(), OptionalInt.of(cases), sizes.pool(), sizes.growth()));
    }

    private Entry withSizes(BatchRequest other) {
        return new Entry(label, data, model, method, initialization, other, precision, pace);
    }

    /// {@return the same with another penalty}
    ///
    /// @param l2 η
    public Entry withL2(double l2) {
        return new Entry(label, data, model.withL2(l2), method, initialization, sizes, precision, pace);
    }

    /// {@return the same with other first parameters}
    ///
    /// @param other initialisation
    public Entry withInitialization(Initialization other) {
        return new Entry(label, data, model, method, other, sizes, precision, pace);
    }

    /// {@return the same in another precision}
    ///
    /// @param other of data and parameters
    public Entry in(Precision other) {
        return new Entry(label, data, model, method, initialization, sizes, other, pace);
    }

    /// {@return the same at another pace}
    ///
    /// @param other how long the run is and how its rate falls
    public Entry withPace(Pace other) {
        return new Entry(label, data, model, method, initialization, sizes, precision, other);
    }

    /// {@return the run of a method whose rate does not fall}
    ///
    /// @param dataset the data
    /// @param seed decides everything random
    public RunSpec run(Dataset dataset, long seed) {
        return run(dataset, seed, Schedule.unlimited());
    }

    /// {@return the run}
    ///
    /// @param dataset the data
    /// @param seed decides everything random
    /// @param longest the limits of the experiment's longest run
    public RunSpec run(Dataset dataset, long seed, Schedule longest) {
        TrainingPlan plan = sizes.plan(method.recipe(), method.optimizer(), dataset.train().cases(), seed);
        OptimizerSpec paced = method.changed(method.recipe(), pace.decay(plan, longest));
        return new RunSpec(model, data, precision, paced, plan, initialization);
    }
}
