package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.report.ProgressLines.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a command line came to.
///
/// @param code the exit code
/// @param out the output stream
/// @param err the error stream
public record Quadric(int code, String out, String err) {
    public static Quadric run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new Output(new PrintWriter(out), new PrintWriter(err), Console.PLAIN), args);
        return new Quadric(code, out.toString(), err.toString());
    }

    /// Splits at spaces.
    public static Quadric line(String line) {
        return run(line.split(" "));
    }

    public Quadric succeeds() {
        assertEquals("", err);
        assertEquals(0, code, out);
        return this;
    }

    /// Exit code 2, a line that contains the complaint, and nothing else.
    public void isRefused(String complaint) {
        assertEquals(2, code, () -> out + err);
        assertTrue(err.startsWith("quadric: ") && err.contains(complaint), err);
        assertEquals(1, err.lines().count(), err);
        assertEquals("", out);
    }

    /// The lines of a log but the heading, without the seconds, which no two runs share.
    public static List<JsonNode> log(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(ModelJson::document)
                .map(Quadric::withoutSeconds)
                .toList();
    }

    private static JsonNode withoutSeconds(JsonNode line) {
        ((ObjectNode) line).remove("seconds");
        return line;
    }
}
