package io.quadric.engine.experiment.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.experiment.Measurement.Order;
import io.quadric.engine.experiment.measure.PairRatios.Share;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.linalg.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairRatioStudyTest {
    private static final Scale SMALL = new Scale(Size.SMALL, "digits");

    @TempDir
    private Path folder;

    @Test
    void sharesAreByEpochAndLayer() {
        PairRatios ratios = new PairRatios(10);
        ratios.pair(1, 0, 10);
        ratios.pair(1, 1, 10.5);
        ratios.pair(2, 0, 2);
        ratios.pair(2, 1, Double.NaN);
        ratios.end(1);
        ratios.pair(3, 1, Double.POSITIVE_INFINITY);
        ratios.end(1.5);
        ratios.end(2);
        assertEquals(
                List.of(new Share(1, 1, 2, 2, 6), new Share(1, 2, 2, 0, 10.5), new Share(1.5, 2, 1, 0, Double.NaN)),
                ratios.shares());
        assertEquals(1, ratios.shares().getFirst().fraction());
    }

    /// Five steps make an epoch of 500 cases; fractions and means of the layers are those of the method's own figures.
    @Test
    void theLayersTogetherAreTheFiguresOfTheMethod() throws IOException {
        List<String> progress = new ArrayList<>();
        List<Map<String, Double>> figures = new ArrayList<>();
        Entry entry = new PairRatioStudy().runs(SMALL).getFirst();
        var dataset = entry.model().load(entry.data(), entry.precision());
        try (Workspace ws = Workspace.serial()) {
            new PairRatioStudy().measure(new Order(SMALL, 8, 1, folder, ws, progress::add));
            new Trainer(entry.run(dataset, 1).on(dataset), ws).train(Schedule.steps(5), List.of(
                    new TrainingListener() {
                        @Override
                        public void step(StepEvent event) {
                            figures.add(event.report().figures());
                        }
                    }));
        }
        double[][] rows = Files.readAllLines(folder.resolve("pair-ratios.csv")).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
        assertEquals(List.of(1.0, 1.6), Arrays.stream(rows).map(row -> row[0]).distinct().toList());
        double[][] first = Arrays.copyOf(rows, rows.length / 2);
        assertEquals(4, first.length);
        assertEquals(5, first[0][2]);
        assertEquals(figures.stream().mapToDouble(at -> at.get("boundedPairs")).sum(),
                Arrays.stream(first).mapToDouble(row -> row[3]).sum());
        double mean = figures.stream().mapToDouble(at -> at.get("pairRatio")).average().orElseThrow();
        assertEquals(mean, Arrays.stream(first).mapToDouble(row -> row[5]).average().orElseThrow(), 1e-9 * mean);
        assertTrue(progress.getFirst().startsWith("epoch 1.0000: ") && progress.size() == 2, progress::toString);
        String table = Files.readString(folder.resolve("table.md"));
        assertTrue(table.contains("the bound 2/μ₁ is 10.000") && table.contains("| 4 | 8 | "), table);
        assertTrue(Files.size(folder.resolve("pair-ratios.png")) > 0);
    }
}
