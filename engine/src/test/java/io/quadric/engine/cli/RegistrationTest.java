package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.MadeUp;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.json.LossJson;
import io.quadric.engine.json.NetworkJson;
import io.quadric.engine.json.Presets;
import io.quadric.nn.Network;
import io.quadric.verify.RandomNetworks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What [MadeUp] registers, a line each, is known everywhere.
class RegistrationTest {
    @TempDir
    private Path temp;

    /// The default model of the data, and the default data of the model.
    @Test
    void itTrainsSavesAndResumes() {
        String rest = " --optimizer slow-sgd --initialization constant,value=0.2 --threads 1 --save ";
        Path once = temp.resolve("once");
        String out = Quadric.line("train --data clouds,cases=30 --epochs 4" + rest + once).succeeds().out();
        assertTrue(out.contains("clouds-classifier") && out.contains("slow-sgd"), out);
        Path parts = temp.resolve("parts");
        Quadric.line("train --data clouds,cases=30 --epochs 2" + rest + parts).succeeds();
        Quadric.line("train --epochs 4 --resume " + parts + " --save " + parts).succeeds();
        assertEquals(
                CheckpointFile.read(once).snapshot().parameters().toString(),
                CheckpointFile.read(parts).snapshot().parameters().toString());
        assertEquals("constant,value=0.2", CheckpointFile.read(parts).run().initialization().name());
        Quadric.line("train --model clouds-classifier --optimizer sgd --epochs 1").succeeds();
    }

    @Test
    void helpListsIt() {
        String help = Quadric.line("train --help").succeeds().out().replaceAll("\\s+", " ");
        for (String name : new String[]{"clouds-classifier", "two clouds of points", "constant", "slow-sgd"}) {
            assertTrue(help.contains(name), help);
        }
        String listed = Quadric.line("optimizers slow-sgd").succeeds().out();
        assertTrue(listed.contains("slowness = 0.02  learning rate of the slow (a number)"), listed);
        assertTrue(listed.contains("averageDecay"), listed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --optimizer slow-sdg                            | rmsprop, rmsprop-momentum, lbfgs, slow-sgd;
            --optimizer slow-sdg                            | did you mean 'slow-sgd'?
            --optimizer slow-sgd --set slownes=1            | did you mean 'slowness'?
            --optimizer kfac-20                             | unknown optimizer 'kfac-20', which is now called 'kfac-av
            --optimizer kbfgs --set chapter=two             | 'chapter', which is now called 'inputFactor'
            --initialization konstant                       | orthogonal, echo-state, constant; did you mean 'constant'
            --initialization constant,width=1               | 'width=1' in 'constant,width=1', expected one of value=
            --initialization constant,value=x               | value=x, expected a number
            --data cloud                                    | cloud: no such file or folder, expected one of digits,
            --data cloud                                    | did you mean 'clouds'?
            --data clouds,case=3                            | 'case=3' in 'clouds,case=3', expected one of cases=, seed
            --data clouds,cases=1e3                         | cases=1e3, expected a whole number of at most 2147483647
            --model clouds                                  | clouds-classifier, or a JSON file
            --model recurrent-100                           | model recurrent-100 is for made-up problems
            """)
    void messagesNameIt(String options, String complaint) {
        Quadric.line("train " + options).isRefused(complaint);
    }

    @Test
    void aLayerIsReadWrittenAndDrawn() throws Exception {
        Network network = Presets.named("clouds-classifier").model().network();
        assertEquals(new MadeUp.Sine(0.5), network.layers().get(1));
        assertTrue(NetworkJson.write(network).toString().contains("{\"type\":\"sine\",\"scale\":0.5}"));
        assertTrue(RandomNetworks.many(100, 1)
                .flatMap(subject -> subject.model().network().layers().stream())
                .anyMatch(MadeUp.Sine.class::isInstance));
        Path file = Files.writeString(temp.resolve("model.json"), """
                {"network": {"input": {"vector": 2}, "layers": [{"type": "sin"}]},
                 "loss": "squared-error", "targets": "inputs"}""");
        Quadric.line("train --data clouds --model " + file).isRefused("pad-channels, batch-norm, sine; did you mean");
    }

    /// Every layer with all its arguments, on random networks.
    @Test
    void everythingDrawnSurvivesItsJson() {
        RandomNetworks.many(300, 2).map(subject -> subject.model()).forEach(model -> {
            Network again = NetworkJson.read(NetworkJson.write(model.network()));
            assertEquals(model.network().layers(), again.layers());
            assertEquals(model.loss(), LossJson.read(LossJson.write(model.loss())));
        });
    }

    @Test
    void dataOfAPartHaveTheModelOfTheWhole() {
        assertEquals("clouds-classifier", Presets.forData(DataSource.named("first:clouds,cases=7")).name());
        assertEquals("clouds,cases=40,seed=1", DataSource.named("clouds").name());
    }
}
