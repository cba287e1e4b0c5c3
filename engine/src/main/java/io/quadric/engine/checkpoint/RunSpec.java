package io.quadric.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.BatchSizes;
import io.quadric.engine.train.Problem;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Precision;
import io.quadric.optim.HyperParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
    /// {@return the same on another number of cases, with the same sizes of batches, for a try}
    ///
    /// @param cases to train on
    public RunSpec withCases(int cases) {
        TrainingPlan other = new TrainingPlan(cases, plan.sizes(), plan.seed(), plan.chunking());
        return new RunSpec(model, data, precision, optimizer, other, initialization);
    }

    /// {@return the same with another memory for chunks}, which does not change figures
    ///
    /// @param megabytes at least 0
    public RunSpec withChunkMemory(int megabytes) {
        TrainingPlan other = plan.in(plan.chunking().withMemory(megabytes));
        return new RunSpec(model, data, precision, optimizer, other, initialization);
    }

    /// {@return the same by another method or with other hyper-parameters}, with the batches that it is made for, but
    /// as many cases in a gradient batch; by the same recipe, the other batches remain as they are too.
    ///
    /// @param method the other one
    /// @throws io.quadric.engine.InputException if its batches cannot be had
    public RunSpec by(OptimizerSpec method) {
        BatchSizes sizes = plan.sizes();
        boolean same = method.recipe().equals(optimizer.recipe());
        boolean judged = same && sizes.evaluation() > 0;
        BatchRequest request = new BatchRequest(
                OptionalInt.of(sizes.gradient()),
                same ? OptionalInt.of(sizes.curvature()) : OptionalInt.empty(),
                judged ? OptionalInt.of(sizes.evaluation()) : OptionalInt.empty(),
                same ? Optional.of(sizes.pool()) : Optional.empty(),
                sizes.growth());
        TrainingPlan other = request.plan(method.recipe(), method.optimizer(), plan.cases(), plan.seed())
                .in(plan.chunking());
        return new RunSpec(model, data, precision, method, other, initialization);
    }

    /// {@return the same with other hyper-parameters on the same batches}
    ///
    /// @param method the recipe with all its values
    public RunSpec tuned(OptimizerSpec method) {
        return new RunSpec(model, data, precision, method, plan, initialization);
    }

    /// {@return the first thing that makes other figures of another run, by its name in a checkpoint, if there is one}
    ///
    /// @param other another run
    public Optional<String> difference(RunSpec other) {
        ObjectNode mine = JsonNodeFactory.instance.objectNode();
        ObjectNode its = JsonNodeFactory.instance.objectNode();
        RunJson.write(complete(), mine);
        RunJson.write(other.complete(), its);
        return difference(mine, its);
    }

    private static Optional<String> difference(JsonNode mine, JsonNode its) {
        return mine.properties().stream()
                .filter(member -> !member.getValue().equals(its.get(member.getKey())))
                .map(member -> {
                    JsonNode other = its.get(member.getKey());
                    boolean nested = member.getValue().isObject() && other != null && other.isObject();
                    return (nested ? difference(member.getValue(), other) : Optional.<String>empty())
                            .orElse(member.getKey() + " is " + other + " and not " + member.getValue());
                })
                .findFirst();
    }

    /// With every hyper-parameter by its value, whether or not it was given, and without what changes no figure.
    private RunSpec complete() {
        Map<String, String> values = new LinkedHashMap<>();
        HyperParameters.of(optimizer.optimizer()).forEach(known -> values.put(known.name(), known.value()));
        return tuned(new OptimizerSpec(optimizer.recipe(), values)).withChunkMemory(0);
    }

    /// {@return the run on loaded data}
    ///
    /// @param dataset the data set of this name
    /// @throws io.quadric.engine.InputException if model, plan and data do not fit together
    public TrainingSetup on(Dataset dataset) {
        return new TrainingSetup(
                new Problem(model.model(), dataset),
                optimizer.optimizer(),
                plan,
                initialization.initializer(model.initialization()));
    }
}
