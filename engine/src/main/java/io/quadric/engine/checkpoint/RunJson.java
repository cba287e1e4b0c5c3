package io.quadric.engine.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.train.BatchSizes;
import io.quadric.engine.train.Chunking;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.Precision;
import io.quadric.nn.chunk.ChunkNormalization;
import java.util.LinkedHashMap;
import java.util.Map;

/// The `run` of a checkpoint.
final class RunJson {
    private RunJson() {}

    static void write(RunSpec run, ObjectNode node) {
        node.put("modelName", run.model().name());
        node.set("model", ModelJson.write(run.model()));
        node.put("data", run.data());
        node.put("precision", run.precision().name());
        node.put("optimizer", run.optimizer().recipe());
        ObjectNode values = node.putObject("hyperParameters");
        run.optimizer().values().forEach(values::put);
        BatchSizes sizes = run.plan().sizes();
        node.putObject("plan")
                .put("cases", run.plan().cases())
                .put("batchSize", sizes.gradient())
                .put("curvatureBatchSize", sizes.curvature())
                .put("evaluationBatchSize", sizes.evaluation())
                .put("curvaturePool", sizes.pool().name())
                .put("batchGrowth", sizes.growth())
                .put("chunkSize", run.plan().chunking().size())
                .put("chunkMemory", run.plan().chunking().megabytes())
                .put("chunkNormalization", run.plan().chunking().normalization().name())
                .put("seed", Long.toString(run.plan().seed()));
        node.put("initialization", run.initialization().name());
    }

    static RunSpec read(JsonPart part) {
        part.object(
                "modelName", "model", "data", "precision", "optimizer", "hyperParameters", "plan", "initialization");
        Map<String, String> values = new LinkedHashMap<>();
        part.member("hyperParameters").members().forEach((name, value) -> values.put(name, value.text()));
        return new RunSpec(
                ModelJson.read(part.member("modelName").text(), part.member("model")),
                part.member("data").text(),
                part.member("precision").word(Precision.class),
                new OptimizerSpec(part.member("optimizer").text(), values),
                plan(part.member("plan").object("cases", "batchSize", "curvatureBatchSize", "evaluationBatchSize",
                        "curvaturePool", "batchGrowth", "chunkSize", "chunkMemory", "chunkNormalization", "seed")),
                Initialization.parse(part.member("initialization").text()));
    }

    private static TrainingPlan plan(JsonPart part) {
        try {
            BatchSizes sizes = new BatchSizes(
                    part.member("batchSize").size(),
                    (int) part.member("curvatureBatchSize").number(),
                    (int) part.member("evaluationBatchSize").number(),
                    part.member("curvaturePool").word(BatchSizes.Pool.class),
                    part.member("batchGrowth").number());
            return new TrainingPlan(
                    part.member("cases").size(),
                    sizes,
                    Long.parseLong(part.member("seed").text()),
                    chunking(part));
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage() + " " + part.place());
        }
    }

    /// Runs stored by versions without chunks have none, and those without rules for normalisation refused it.
    private static Chunking chunking(JsonPart part) {
        return part.optional("chunkSize")
                .map(size -> new Chunking(
                        (int) size.number(),
                        (int) part.member("chunkMemory").number(),
                        part.optional("chunkNormalization")
                                .map(rule -> rule.word(ChunkNormalization.class))
                                .orElse(ChunkNormalization.REFUSED)))
                .orElse(Chunking.NONE);
    }
}
