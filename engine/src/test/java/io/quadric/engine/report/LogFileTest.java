package io.quadric.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFileTest {
    private static final String THREE = "{\"step\":0}\n{\"step\":1}\n{\"step\":2}\n";

    @TempDir
    Path temp;

    private Path log(String text) throws IOException {
        return Files.writeString(temp.resolve("run.log"), text);
    }

    @Test
    void anIncompleteLastLineIsNoLine() throws IOException {
        assertEquals(3, LogFile.lines(log(THREE + "{\"step\":3,\"lo")).size());
        assertEquals(0, LogFile.lines(log("{\"st")).size());
        assertEquals(0, LogFile.lines(log("")).size());
    }

    @Test
    void cutLeavesTheStepsThatACheckpointHas() throws IOException {
        Path log = log(THREE + "{\"step\":3");
        assertEquals(OptionalLong.of(1), LogFile.cut(log, 1));
        assertEquals("{\"step\":0}\n{\"step\":1}\n", Files.readString(log));
        assertEquals(OptionalLong.of(1), LogFile.cut(log, 7));
        assertEquals(OptionalLong.empty(), LogFile.cut(log(""), 7));
        assertEquals(OptionalLong.empty(), LogFile.cut(temp.resolve("none.log"), 7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "{'step':0}~{'step':2}~     | line 2: step 2, expected step 1",
        "{'step':0}~{'step':0}~     | line 2: step 0, expected step 1",
        "{'step':-1}~               | line 1: step -1, expected the log of a run",
        "{'step':1.5}~              | line 1: step 1.5, expected the log of a run",
        "{'step':0,'step':0}~       | line 1: not JSON, two members",
        "{'loss':1}~                | line 1: no step",
        "[1]~                       | line 1: no step",
        "{'step':0} x~              | line 1: not JSON",
        "{'step':0}~~{'step':1}~    | line 2: empty"})
    void whatIsNoLogIsNamedByItsLine(String text, String complaint) throws IOException {
        Path log = log(text.replace('~', '\n').replace('\'', '"'));
        String message = assertThrows(InputException.class, () -> LogFile.lines(log)).getMessage();
        assertTrue(message.startsWith(log + ", " + complaint), message);
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        Path log = Files.write(temp.resolve("run.log"), THREE.getBytes(StandardCharsets.UTF_16));
        String message = assertThrows(InputException.class, () -> LogFile.lines(log)).getMessage();
        assertTrue(message.contains("not text in UTF-8"), message);
    }

    @Test
    void aDeepLineIsRefused() throws IOException {
        Path log = log("[".repeat(100_000) + "\n");
        String message = assertThrows(InputException.class, () -> LogFile.lines(log)).getMessage();
        assertTrue(message.contains("nested deeper than 200 levels"), message);
    }
}
