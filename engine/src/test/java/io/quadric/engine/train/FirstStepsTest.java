package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.data.DataSource;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A small residual network with normalisation, a small VGG network and an LSTM network learn from the first digits.
class FirstStepsTest {
    private static final int STEPS = 8;

    private static final String RESIDUAL = """
            {"network": {"input": {"image": [1, 8, 8]}, "layers": [
              {"type": "conv2d", "channels": 4, "kernel": [3, 3], "padding": 1, "bias": false},
              {"type": "batch-norm"}, {"type": "activation", "function": "relu"},
              {"type": "residual",
               "body": [{"type": "conv2d", "channels": 8, "kernel": [3, 3], "stride": 2, "padding": 1, "bias": false},
                        {"type": "batch-norm"}, {"type": "activation", "function": "relu"},
                        {"type": "conv2d", "channels": 8, "kernel": [3, 3], "padding": 1, "bias": false},
                        {"type": "batch-norm"}],
               "shortcut": [{"type": "conv2d", "channels": 8, "kernel": [1, 1], "stride": 2, "bias": false},
                            {"type": "batch-norm"}]},
              {"type": "activation", "function": "relu"},
              {"type": "global-avg-pool2d"}, {"type": "dense", "units": 10}]},
             "loss": "softmax-cross-entropy", "targets": "labels"}
            """;

    private static final String VGG = """
            {"network": {"input": {"image": [1, 8, 8]}, "layers": [
              {"type": "conv2d", "channels": 8, "kernel": [3, 3], "padding": 1, "bias": true},
              {"type": "batch-norm"}, {"type": "activation", "function": "relu"},
              {"type": "max-pool2d", "kernel": [2, 2], "stride": 2},
              {"type": "conv2d", "channels": 16, "kernel": [3, 3], "padding": 1, "bias": true},
              {"type": "batch-norm"}, {"type": "activation", "function": "relu"},
              {"type": "max-pool2d", "kernel": [2, 2], "stride": 2},
              {"type": "flatten"}, {"type": "dense", "units": 10}]},
             "loss": "softmax-cross-entropy", "targets": "labels"}
            """;

    private static ModelSpec model(String name) {
        return switch (name) {
            case "residual" -> ModelJson.parse(name, RESIDUAL);
            case "vgg" -> ModelJson.parse(name, VGG);
            default -> Presets.named(name);
        };
    }

    private static Optimizer optimizer(String name) {
        return switch (name) {
            case "sgd" -> HyperParameters.with(Optimizers.sgd(), Map.of("learningRate", "0.2"));
            case "adam" -> HyperParameters.with(Optimizers.adam(), Map.of("learningRate", "0.01"));
            default -> HyperParameters.with(Optimizers.hessianFree(), Map.of("maxIterations", "10"));
        };
    }

    /// The loss is that of evaluation, on statistics of the training cases.
    @ParameterizedTest
    @CsvSource({"residual, sgd", "residual, adam", "residual, hessian-free", "vgg, sgd", "vgg, adam",
        "vgg, hessian-free", "digits-lstm, sgd", "digits-lstm, adam", "digits-lstm, hessian-free"})
    void theLossFalls(String network, String method) {
        ModelSpec spec = model(network);
        Problem problem = new Problem(
                spec.model(),
                DataSource.named("first:digits,cases=200,test=100").load(spec.task(), Precision.FLOAT32));
        try (Workspace ws = Workspace.serial()) {
            Trainer trainer = new Trainer(new TrainingSetup(problem, optimizer(method), 100, 1), ws);
            TrainingResult result = trainer.train(Schedule.steps(STEPS), List.of());
            assertInstanceOf(TrainingOutcome.Completed.class, result.outcome());
            double before = result.initial().trainLoss();
            double after = result.last().trainLoss();
            assertTrue(after < 0.99 * before, () -> before + " → " + after);
        }
    }
}
