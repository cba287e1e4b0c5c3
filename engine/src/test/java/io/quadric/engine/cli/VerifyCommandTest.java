package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.json.SubjectJson;
import io.quadric.engine.report.ProgressLines.Console;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.verify.Bound;
import io.quadric.verify.Law;
import io.quadric.verify.Laws;
import io.quadric.verify.RandomNetworks;
import io.quadric.verify.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new Output(new PrintWriter(out), new PrintWriter(err), Console.PLAIN), args);
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
        assertEquals(0, run("verify", "--networks", "5", "--seed", "2"), out::toString);
        for (Law law : Laws.all()) {
            assertTrue(out.toString().contains(law.name()), law.name());
        }
        assertTrue(out.toString().contains("5 random networks, FLOAT64, seed 2"), out::toString);
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

    @Test
    void theReportIsAlsoJson(@TempDir Path temp) throws IOException {
        Path file = temp.resolve("report.json");
        assertEquals(0, run("verify", "--networks", "2", "--json", file.toString()), out::toString);
        JsonNode report = ModelJson.document(Files.readString(file));
        assertTrue(report.get("holds").booleanValue());
        assertEquals(Laws.all().size(), report.get("laws").size());
        List<JsonNode> adjoint = report.get("laws").valueStream()
                .filter(law -> law.get("name").textValue().equals("jvp-vjp-adjoint"))
                .toList();
        assertEquals(1, adjoint.size());
        assertEquals("PASS", adjoint.getFirst().get("verdict").textValue());
        assertEquals(2, adjoint.getFirst().get("subjects").intValue());
        assertEquals(0, report.get("failures").size());
    }

    /// A law that no network with a recurrent layer obeys.
    @Test
    void aFailureIsShrunkAndReplayed(@TempDir Path temp) throws IOException {
        Law strange = new Law("no-recurrent-layer", "there is none", Bound.EXACT, probe -> {
            List<Layer> layers = probe.subject().model().network().layers();
            return OptionalDouble.of(layers.stream().anyMatch(RecurrentLayer.class::isInstance) ? 1 : 0);
        });
        Path file = temp.resolve("report.json");
        LawsRun run = new LawsRun(List.of(strange), 1, 1, new PrintWriter(out), Optional.of(file));
        assertFalse(run.check(RandomNetworks.many(60, 1), "60 networks"));
        assertTrue(out.toString().contains("no-recurrent-layer fails on this too"), out::toString);
        JsonNode failure = ModelJson.document(Files.readString(file)).at("/failures/0");
        assertEquals("no-recurrent-layer", failure.get("law").textValue());
        assertTrue(failure.at("/subject/network/layers").size() <= 2, failure::toString);

        Path saved = Files.writeString(temp.resolve("small.json"), failure.get("subject").toString());
        Subject again = SubjectJson.read(saved);
        assertEquals(failure.get("subject"), SubjectJson.write(again));
        assertEquals(0, run("verify", "--replay", saved.toString()), out::toString);
        String wrong = failure.get("subject").toString().replaceFirst("\"parameters\":\\[", "\"parameters\":[1,");
        Files.writeString(saved, wrong);
        assertBad("small.json", "verify", "--replay", saved.toString());
    }

    private void assertBad(String named, String... args) {
        err.getBuffer().setLength(0);
        assertEquals(2, run(args));
        assertTrue(err.toString().contains(named), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }
}
