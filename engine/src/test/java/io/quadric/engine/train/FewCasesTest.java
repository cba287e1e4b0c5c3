package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.cli.Quadric;
import io.quadric.engine.json.ModelJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The default method takes batches of any size.
class FewCasesTest {
    private static final double FIRST_LOSS = 2.4;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 3", "2, 1", "2, 2", "3, 3", "5, 1", "5, 2", "8, 3", "20, 1"})
    void theLossFallsInBatchesOfFewCases(int cases, int seed) {
        String command = "train --steps 300 --eval-every 300 --threads 1 --json --batch-size " + cases + " --seed "
                + seed;
        var report = ModelJson.document(Quadric.line(command).succeeds().out());
        assertTrue(report.path("last").path("trainLoss").asDouble() < FIRST_LOSS / 2, report.toString());
    }

    /// Its factors are wrong from the first step on; a run whose loss did not fall would be a failure.
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "5, 1", "5, 2"})
    void theLossOfAnLstmFallsToo(int cases, int seed) {
        Quadric.line("train --model digits-lstm --steps 300 --eval-every 300 --threads 1 --batch-size " + cases
                + " --seed " + seed).succeeds();
    }
}
