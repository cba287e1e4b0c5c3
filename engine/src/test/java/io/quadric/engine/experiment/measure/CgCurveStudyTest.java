package io.quadric.engine.experiment.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.experiment.Measurement.Order;
import io.quadric.engine.report.CgCurves.Row;
import io.quadric.linalg.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgCurveStudyTest {
    @TempDir
    private Path folder;

    @Test
    void theTurnIsWhereTheObjectiveIsLowest() {
        List<Row> rows = List.of(
                new Row(3, 1, -1, -1, -0.9), new Row(3, 2, -4, -2, -1.8), new Row(3, 3, -2, -3, -1.9),
                new Row(3, 4, Double.NaN, -2.5, -1.95), new Row(3, 5, 1, -2.4, -1.96));
        CgTurn turn = CgTurn.of(rows, 0.5);
        assertEquals(List.of(2, 3, 5),
                List.of(turn.lowest().iteration(), turn.lowestModel().iteration(), turn.last().iteration()));
        assertTrue(turn.isBeforeTheEnd() && turn.isBeforeTheModel());
        assertEquals(1.25, turn.rise());
        CgTurn falling = CgTurn.of(rows.subList(0, 2), 0.5);
        assertFalse(falling.isBeforeTheEnd() || falling.isBeforeTheModel());
    }

    @Test
    void someStepsAreObserved() {
        assertEquals(List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 230L),
                LongStream.rangeClosed(1, 230).filter(step -> CgCurveStudy.isObserved(step, 230)).boxed().toList());
    }

    /// Conjugate gradients lower the damped model in every iteration, and damping adds to the model.
    @Test
    void theDampedModelFallsThroughoutAStep() throws IOException {
        List<String> progress = new ArrayList<>();
        try (Workspace ws = Workspace.serial()) {
            new CgCurveStudy().measure(
                    new Order(new Scale(Size.SMALL, "digits"), 4, 1, folder, ws, progress::add));
        }
        assertEquals(4, progress.size());
        List<double[]> rows = Files.readAllLines(folder.resolve("cg-curves.csv")).stream()
                .skip(1)
                .map(line -> List.of(line.split(",")).stream().mapToDouble(Double::parseDouble).toArray())
                .toList();
        assertEquals(List.of(1.0, 2.0, 4.0), rows.stream().map(row -> row[0]).distinct().toList());
        for (int i = 0; i < rows.size(); i++) {
            double[] row = rows.get(i);
            assertTrue(row[4] > row[3], "damping adds to the model");
            if (row[1] > 1) {
                assertEquals(rows.get(i - 1)[1] + 1, row[1]);
                assertTrue(row[4] < rows.get(i - 1)[4], "the damped model falls");
            }
        }
        String table = Files.readString(folder.resolve("table.md"));
        long last = rows.stream().filter(row -> row[0] == 4).count();
        assertTrue(table.lines().anyMatch(line -> line.startsWith("| 4 | ") && line.contains(" | " + last + " | ")),
                table);
        assertTrue(table.contains("§8.7") && table.contains("- JDK: "), table);
        assertTrue(Files.size(folder.resolve("cg-curves.png")) > 0);
    }
}
