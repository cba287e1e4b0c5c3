package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.model.TrainedModel;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogTest {
    @TempDir
    private Path temp;

    static List<String> recipes() {
        return Optimizers.all().stream().map(Recipe::name).toList();
    }

    private Path train(String name, String options) {
        Path log = temp.resolve(name);
        Quadric.line("train --log " + log + " " + options);
        return log;
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void doesNotDependOnTheNumberOfThreads(String recipe) throws IOException {
        String run = "--steps 3 --eval-every 2 --batch-size 100 --optimizer " + recipe;
        List<JsonNode> one = Quadric.log(train("one", run + " --threads 1"));
        assertEquals(4, one.size());
        assertEquals(one, Quadric.log(train("two", run + " --threads 2")));
    }

    @Test
    void everyStepHasItsFiguresAndEveryEpochItsEvaluation() throws IOException {
        List<JsonNode> lines = lines(train("log", "--epochs 2 --batch-size 500 --optimizer hessian-free"));
        for (int step = 0; step <= 6; step++) {
            JsonNode line = lines.get(step);
            assertEquals(step, line.get("step").intValue());
            assertEquals(step / 3.0, line.get("epoch").doubleValue(), 1e-12);
            assertTrue(line.get("seconds").doubleValue() >= 0 && line.get("loss").isNumber(), line::toString);
            for (String name : List.of("trainLoss", "testLoss", "testError")) {
                assertEquals(step % 3 == 0, line.path(name).isNumber(), line::toString);
            }
            for (String name : List.of("damping", "cgIterations", "reductionRatio", "stepSize")) {
                assertEquals(step > 0, line.path(name).isNumber(), name + line);
            }
        }
        assertEquals(7, lines.size());
    }

    /// An average has no effect on the steps: the loss at the parameters beside it is that of the run without one.
    @Test
    void theLossAtTheParametersIsBesideThatOfTheirAverage() throws IOException {
        String options = "--steps 4 --eval-every 2 --optimizer adam";
        List<JsonNode> plain = lines(train("plain", options));
        List<JsonNode> averaged = lines(train("averaged", options + " --set averageDecay=0.9"));
        for (int step : new int[]{0, 2, 4}) {
            JsonNode both = averaged.get(step);
            assertEquals(plain.get(step).get("trainLoss"), both.get("parametersTrainLoss"));
            assertEquals(step == 0, both.get("trainLoss").equals(both.get("parametersTrainLoss")), both::toString);
            assertTrue(!plain.get(step).has("parametersTrainLoss"));
        }
        Path file = temp.resolve("run.ckpt");
        Quadric run = Quadric.line("train " + options + " --set averageDecay=0.9 --save " + file).succeeds();
        assertTrue(run.out().contains(" of the average, ") && run.out().contains("at parameters"), run::out);
        assertEquals(averaged.get(4).get("parametersTrainLoss").doubleValue(),
                CheckpointFile.read(file).snapshot().last().parametersTrainLoss().orElseThrow());
    }

    @Test
    void anAutoencoderHasNoTestError() throws IOException {
        List<JsonNode> lines = lines(train("log", "--steps 1 --optimizer sgd --model digits-autoencoder"));
        assertTrue(lines.getLast().has("testLoss"));
        assertTrue(!lines.getLast().has("testError"));
    }

    @Test
    void theFirstLineSaysWhatTheRunIs() throws IOException {
        Path log = train("log", "--steps 1 --optimizer adam --set learningRate=0.01 --seed 7");
        JsonNode heading = ModelJson.document(Files.readAllLines(log).getFirst());
        assertEquals("quadric-log", heading.path("format").asText());
        assertEquals(1, heading.path("version").asInt());
        assertEquals("adam", heading.path("optimizer").asText());
        assertEquals("0.01", heading.path("hyperParameters").path("learningRate").asText());
        assertEquals(7, heading.path("seed").asInt());
        assertEquals("digits-classifier", heading.path("modelName").asText());
        assertEquals("digits", heading.path("data").asText());
    }

    @Test
    void theNormsAreThoseOfTheArraysOfTheModel() throws IOException {
        Path model = temp.resolve("model");
        List<JsonNode> lines = lines(
                train("log", "--optimizer kfac --epochs 2 --batch-size 500 --precision float64 --out " + model));
        for (ParameterSlice slice : TrainedModel.load(model).parameters().layout().slices()) {
            assertEquals(TrainedModel.load(model).parameters().get(slice.name()).norm(),
                    lines.getLast().path("norms").path(slice.name()).asDouble(), 1e-12);
        }
        assertEquals(0, lines.getFirst().path("norms").path("0.bias").asDouble(-1));
        assertTrue(lines.get(1).path("norms").isMissingNode(), "step 1 is not evaluated");
    }

    @Test
    void aNewRunReplacesNoLogUnlessItIsToldToAndAResumedOneAppends() throws IOException {
        String save = " --optimizer sgd --save " + temp.resolve("ckpt");
        Path log = train("log", "--steps 5" + save);
        String before = Files.readString(log);
        Quadric.line("train --log " + log + " --steps 2" + save).isRefused("--overwrite");
        assertEquals(before, Files.readString(log));
        train("log", "--overwrite --steps 2" + save);
        assertEquals(3, lines(log).size());
        Quadric.line("train --resume " + temp.resolve("ckpt") + " --steps 4 --log " + log).succeeds();
        assertEquals(List.of(0, 1, 2, 3, 4), lines(log).stream().map(line -> line.get("step").intValue()).toList());
    }

    @Test
    void stepsAfterTheCheckpointGoAndTheLogOfAnotherRunIsRefused() throws IOException {
        Path checkpoint = temp.resolve("ckpt");
        String method = " --optimizer sgd --seed 3";
        train("short", "--steps 2 --save " + checkpoint + method);
        Path log = train("long", "--steps 6" + method);
        Quadric.line("train --resume " + checkpoint + " --steps 4 --log " + log).succeeds();
        assertEquals(List.of(0, 1, 2, 3, 4), lines(log).stream().map(line -> line.get("step").intValue()).toList());
        Path other = train("other", "--steps 1 --optimizer sgd --seed 4");
        Quadric.line("train --resume " + checkpoint + " --steps 5 --log " + other).isRefused("seed is 4 and not 3");
        assertEquals(2, lines(other).size());
    }

    private static List<JsonNode> lines(Path log) throws IOException {
        return Files.readAllLines(log).stream().skip(1).map(ModelJson::document).toList();
    }
}
