package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandTest {
    @TempDir
    private Path temp;

    private Quadric experiment(String line) {
        return Quadric.line("experiment " + line + " --out " + temp.resolve("made"));
    }

    @Test
    void theMethodsOfTheAutoencoderHaveTheirCurves() throws IOException {
        String out = experiment("mnist-autoencoder --data digits --epochs 1").succeeds().out();
        Set<String> names = new LinkedHashSet<>();
        Files.readAllLines(temp.resolve("made").resolve("curves.csv")).stream()
                .skip(1)
                .forEach(line -> names.add(line.split(",")[0]));
        assertEquals(List.of("kbfgs", "kbfgs-l", "kfac", "tnt", "shampoo", "adam", "sgd"), List.copyOf(names));
        assertTrue(out.contains("adam {learningRate=1e-4, beta1=0.9, beta2=0.9, epsilon=1e-4}"), out);
        assertTrue(Files.size(temp.resolve("made").resolve("curves.png")) > 0);
    }

    @Test
    void whatIsUnknownIsRefused() {
        experiment("mnist --data digits").isRefused("unknown experiment 'mnist', expected mnist-autoencoder");
        experiment("mnist-autoencoder --data digits --epoch 3").isRefused("--epoch");
        experiment("mnist-autoencoder").isRefused("--data");
    }
}
