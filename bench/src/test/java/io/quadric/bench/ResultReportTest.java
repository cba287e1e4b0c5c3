package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultReportTest {
    @TempDir
    Path temp;

    @Test
    void everyProblemThatNeedsNoFilesIsThere() {
        for (ResultProblem problem : ResultProblem.all(Optional.empty())) {
            assertTrue(problem.load().load().problem().data().train().cases() > problem.batch(), problem.name());
        }
    }

    /// Of two seeds; the target is the loss at which Adam with the rate that is best with the first seed ends.
    @Test
    void theTableHasMeansAndShares() throws Exception {
        ResultProblem problem = new ResultProblem("p", () -> null, 10, 2);
        ResultRuns runs = new ResultRuns();
        List<Double> seconds = List.of(1.0, 2.0);
        runs.add(new ResultCurve("p", "adam 0.1", 1, 9, seconds, List.of(4.0, 2.0)));
        runs.add(new ResultCurve("p", "adam 0.2", 1, 9, seconds, List.of(4.0, 3.0)));
        runs.add(new ResultCurve("p", "adam 0.1", 2, 9, seconds, List.of(4.0, 3.0)));
        runs.add(new ResultCurve("p", "quadric", 1, 9, seconds, List.of(2.0, 1.0)));
        runs.add(new ResultCurve("p", "quadric", 2, 9, seconds, List.of(3.0, 2.0)));
        ResultReport report = new ResultReport(runs, List.of(problem), List.of("quadric", "adam"), 2);
        String text = report.text(1);
        assertTrue(text.contains("| p | 2.0 | 1.500 ± 0.71 (0.50) | 0.1: 2.500 ± 0.71 (1.00) |"), text);
        assertTrue(text.contains("| at most 0.5 | 1 | 0 |"), text);
        assertTrue(text.contains("| more than 1.3, or never there | 0 | 0 |"), text);
        assertTrue(text.contains("| 1.0 | 1.00 | 0.00 |") && text.contains("| 2.0 | 1.00 | 1.00 |"), text);
        report.picture(temp.resolve("a.png"));
        assertEquals((byte) 'P', Files.readAllBytes(temp.resolve("a.png"))[1]);
    }
}
