package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.report.ProgressLines.Console;
import io.quadric.verify.Law;
import io.quadric.verify.Laws;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new Main.Output(new PrintWriter(out), new PrintWriter(err), Console.PLAIN), args);
    }

    private static Path fixture(String name) {
        try {
            return Path.of(VerifyCommandTest.class.getResource("/fixtures/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyLawHasItsLine() {
        assertEquals(0, run("verify", "--networks", "5", "--seed", "2"));
        for (Law law : Laws.all()) {
            assertTrue(out.toString().contains(law.name()), law.name());
        }
        assertTrue(out.toString().contains("5 random networks, seed 2"), out::toString);
    }

    @Test
    void everyFixtureHasItsLine(@TempDir Path good, @TempDir Path wrong) throws IOException {
        String text = Files.readString(fixture("trajectories/adam.json"));
        Files.writeString(good.resolve("adam.json"), text);
        assertEquals(0, run("verify", "--fixtures", good.toString()));
        assertTrue(out.toString().contains("adam-shared  trajectory"), out::toString);
        assertTrue(out.toString().contains("1 cases, 1 PASS, 0 FAIL, 0 UNSUPPORTED"), out::toString);
        String other = text.replace("\"beta1\": 0.9", "\"beta1\": 0.8");
        Files.writeString(wrong.resolve("adam.json"), other);
        assertEquals(1, run("verify", "--fixtures", good.toString(), "--fixtures", wrong.toString()));
        assertTrue(out.toString().contains("2 cases, 1 PASS, 1 FAIL, 0 UNSUPPORTED"), out::toString);
    }

    @Test
    void badInputIsALine(@TempDir Path temp) throws IOException {
        Path broken = Files.writeString(temp.resolve("broken.json"), "{");
        assertBad(broken.toString(), "verify", "--fixtures", temp.toString());
        assertBad("nowhere", "verify", "--fixtures", temp.resolve("nowhere").toString());
        assertBad("--networks is 0", "verify", "--networks", "0");
        assertBad("float16", "verify", "--precision", "float16");
    }

    private void assertBad(String named, String... args) {
        err.getBuffer().setLength(0);
        assertEquals(2, run(args));
        assertTrue(err.toString().contains(named), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }
}
