package io.quadric.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.report.MachineLoad;
import io.quadric.engine.train.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeFileTest {
    @TempDir
    private Path temp;

    private Path file() {
        return temp.resolve("run.end");
    }

    @Test
    void whatIsWrittenIsRead() {
        MachineLoad known = new MachineLoad(
                OptionalDouble.of(0.25), OptionalDouble.of(1.5), 2, 3.5, OptionalDouble.of(6));
        MachineLoad unknown = new MachineLoad(
                OptionalDouble.empty(), OptionalDouble.empty(), 1, 0, OptionalDouble.empty());
        for (MachineLoad load : List.of(known, unknown)) {
            RunEnd end = new RunEnd(
                    new TrainingOutcome.Stalled("\"no\" progress"), OptionalLong.of(Long.MIN_VALUE), Optional.of(load));
            OutcomeFile.write(file(), end);
            assertEquals(end, OutcomeFile.read(file()));
        }
    }

    @Test
    void filesOfEarlierVersionsAreRead() throws IOException {
        Files.writeString(file(), "{\"outcome\":\"failed\",\"reason\":\"why\"}\n");
        assertEquals(
                new RunEnd(new TrainingOutcome.Failed("why"), OptionalLong.empty(), Optional.empty()),
                OutcomeFile.read(file()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"seed\":1.5", "\"seed\":1e30", "\"seed\":\"1\"", "\"machine\":3", "\"machine\":{\"wallSeconds\":1}",
        "\"machine\":{\"threads\":0,\"wallSeconds\":1}", "\"machine\":{\"threads\":1,\"wallSeconds\":-1}",
        "\"machine\":{\"threads\":1,\"wallSeconds\":1,\"cpuSeconds\":\"1\"}",
        "\"machine\":{\"threads\":1,\"wallSeconds\":1,\"loadAfter\":null}"})
    void whatIsNotOneIsRefused(String members) throws IOException {
        Files.writeString(file(), "{\"outcome\":\"completed\"," + members + "}\n");
        String message = assertThrows(InputException.class, () -> OutcomeFile.read(file())).getMessage();
        assertTrue(message.startsWith(file() + ": "), message);
    }
}
