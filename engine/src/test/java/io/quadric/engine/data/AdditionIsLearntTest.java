package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Hessian-free optimisation with structural damping learns the addition problem from one batch.
class AdditionIsLearntTest {
    private static final int STEPS = 20;

    @Test
    void errorsBecomeFew() {
        ProblemSource source = (ProblemSource) DataSource.named("problem:addition,length=10,cases=300,test=200");
        Dataset data = source.load(new Task.Given(), Precision.FLOAT32);
        Network network = new Network(
                source.input(),
                List.of(
                        new RecurrentLayer(
                                15, ElementaryFunction.TANH, true, SequenceOutput.LAST, StateMemory.CHECKPOINTS),
                        new DenseLayer(1, true)));
        Model model = new Model(network, source.problem().loss());
        Parameters parameters = network.initialize(Initializer.glorot(), Precision.FLOAT32, new Random(1));
        Optimizer optimizer = HyperParameters.with(
                Optimizers.hessianFree(), Map.of("structuralDamping", "0.1", "maxIterations", "60"));
        try (Workspace ws = Workspace.serial()) {
            Run run = optimizer.start(new Start(model, parameters, List.of(data.train().batch()), 1, ws));
            for (int i = 0; i < STEPS; i++) {
                run.step(new StepData(data.train().batch()));
            }
            Batch test = data.test().orElseThrow().batch();
            try (var at = Linearization.at(model, parameters, test, ws)) {
                int wrong = data.criterion().orElseThrow().failures(at.outputs(), test.targets());
                assertTrue(wrong < test.cases() / 5, wrong + " of " + test.cases() + " wrong");
            }
        }
    }
}
