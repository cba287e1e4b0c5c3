package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.JsonPart;
import io.quadric.optim.recipe.Optimizers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With `--json` the commands print objects and nothing else.
class JsonOutputTest {
    private static final String QUICK = " --data first:digits,cases=60,test=20 --epochs 1 --json --out ";

    @TempDir
    private Path temp;

    private static List<JsonNode> objects(String line) {
        return Quadric.line(line).succeeds().out().lines().map(text -> JsonPart.parse(text).node()).toList();
    }

    private JsonNode object(String line) {
        List<JsonNode> all = objects(line + temp.resolve("made"));
        assertEquals(1, all.size());
        return all.getFirst();
    }

    @Test
    void comparisonsTellEveryRun() {
        JsonNode runs = object("compare --optimizers sgd,kfac --repeats 2" + QUICK).get("runs");
        assertEquals(4, runs.size());
        assertEquals("sgd seed=1", runs.get(0).get("label").asText());
        assertEquals("completed", runs.get(3).get("outcome").asText());
        assertEquals(2, runs.get(3).get("seed").asInt());
        assertTrue(runs.get(3).get("last").get("testError").isNumber());
    }

    @Test
    void sweepsTellTheirCells() {
        JsonNode node = object("sweep --optimizer sgd --grid learningRate=0.01,0.1 --repeats 2" + QUICK);
        assertEquals(2, node.get("cells").size());
        assertEquals("0.1", node.get("cells").get(1).get("values").get("learningRate").asText());
        assertEquals(4, node.get("runs").size());
        double mean = 0;
        for (int i = 0; i < 2; i++) {
            mean += node.get("runs").get(i).get("last").get("trainLoss").asDouble() / 2;
        }
        assertEquals(mean, node.get("cells").get(0).get("mean").asDouble(), 1e-12);
        assertTrue(node.get("best").has("learningRate"));
    }

    @Test
    void listsAreObjects() {
        assertEquals(Optimizers.all().size(), objects("optimizers --json").size());
        JsonNode kfac = objects("optimizers kfac --json").getFirst();
        assertTrue(kfac.get("hyperParameters").findValuesAsText("name").contains("damping"), kfac.toString());
        assertTrue(objects("experiment --list --json").getFirst().has("mnist-autoencoder"));
    }
}
