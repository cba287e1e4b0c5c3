package io.quadric.engine.experiment.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.experiment.Measurement.Order;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.loss.SquaredError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossSurfaceStudyTest {
    private static final Scale SMALL = new Scale(Size.SMALL, "digits");
    private static final int STEPS = 12;

    @TempDir
    private Path folder;

    private static Entry entry(String label) {
        return new LossSurfaceStudy().runs(SMALL).stream()
                .filter(entry -> entry.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /// The losses before and after a run.
    private static List<Double> losses(String label, Workspace ws) {
        Entry entry = entry(label);
        var dataset = entry.model().load(entry.data(), entry.precision());
        Trainer trainer = new Trainer(entry.run(dataset, 1).on(dataset), ws);
        List<Double> losses = new ArrayList<>();
        trainer.train(Schedule.steps(STEPS), List.of(new TrainingListener() {
            @Override
            public void started(Progress at, Evaluation evaluation) {
                losses.add(evaluation.trainLoss());
            }
        }));
        losses.add(trainer.evaluation().trainLoss());
        return losses;
    }

    /// Start and ends are on the grid, and have the losses of the runs bit for bit.
    @Test
    void theSurfaceGoesThroughTheRuns() throws IOException {
        Map<List<Double>, Double> surface = new HashMap<>();
        try (Workspace ws = Workspace.serial()) {
            new LossSurfaceStudy().measure(new Order(SMALL, STEPS, 1, folder, ws, text -> {}));
            for (String line : Files.readAllLines(folder.resolve("surface.csv")).subList(1, 82)) {
                String[] cells = line.split(",");
                surface.put(List.of(Double.valueOf(cells[0]), Double.valueOf(cells[1])), Double.valueOf(cells[2]));
            }
            assertEquals(81, surface.size());
            List<Double> kfac = losses("KFAC", ws);
            List<Double> adam = losses("Adam", ws);
            assertEquals(kfac.getFirst(), adam.getFirst());
            assertEquals(kfac.getFirst(), surface.get(List.of(0.0, 0.0)));
            assertEquals(kfac.getLast(), surface.get(List.of(1.0, 0.0)));
            assertEquals(adam.getLast(), surface.get(List.of(0.0, 1.0)));
            assertNotEquals(kfac.getLast(), adam.getLast());
        }
        double least = surface.values().stream().mapToDouble(value -> value).min().orElseThrow();
        String table = Files.readString(folder.resolve("table.md"));
        assertTrue(table.lines().anyMatch(line -> line.startsWith("| lowest of the grid | ")
                && line.endsWith(" | " + Text.number(least) + " |")), table);
        assertTrue(Files.size(folder.resolve("surface.png")) > 0);
    }

    @Test
    void thePublishedGridHasThePointsToo() {
        double[] ticks = LossSurfaceStudy.ticks(new Scale(Size.PUBLISHED, "mnist"));
        assertEquals(List.of(25, -0.5, 0.0, 1.0, 1.5),
                List.of(ticks.length, ticks[0], ticks[6], ticks[18], ticks[24]));
    }

    @Test
    void lengthsAndAngleOfThePlane() {
        LossPlane plane = plane();
        assertEquals(5, plane.firstLength(), 1e-12);
        assertEquals(2, plane.secondLength(), 1e-12);
        assertEquals(0.6, plane.cosine(), 1e-12);
        assertEquals(Math.sqrt(9 - 2 * 3 * 2 + 4 + 16), plane.distance(), 1e-12);
        assertArrayEquals(new double[]{1 + 0.5 * 3 + 0.25 * 2, 1 + 0.5 * 4},
                plane.at(0.5, 0.25).values().toArray(), 1e-12);
        assertArrayEquals(plane.second().toArray(), plane.at(0, 1).values().toArray());
    }

    private static LossPlane plane() {
        ParameterLayout layout = Models.chain(
                List.of(1, 1), ElementaryFunction.TANH, new SquaredError(), new Task.Autoencoding())
                .model().network().layout();
        return new LossPlane(layout, Vector.of(1, 1), Vector.of(4, 5), Vector.of(3, 1));
    }
}
