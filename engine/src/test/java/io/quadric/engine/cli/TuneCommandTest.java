package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.JsonPart;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.report.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
    private static final String SMALL = " --data first:digits,cases=200,test=20 "
            + "--batch-size 50 --epochs 10 --seed 4 --threads ";
    private static final String KFAC = "--optimizer kfac" + SMALL;

    @TempDir
    private Path temp;

    private static JsonNode object(String text) {
        return JsonPart.parse(text.strip()).node();
    }

    @Test
    void threadsDoNotMatterAndTheFileIsWhatJsonPrints() throws IOException {
        Path file = temp.resolve("search.json");
        String one = Quadric.line("tune --json --out " + file + " " + KFAC + 1).succeeds().out();
        assertEquals(one.strip(), Files.readString(file).strip());
        String two = Quadric.line("tune --json " + KFAC + 2).succeeds().out();
        assertEquals(object(one.replace("--threads 1", "--threads 2")), object(two));
        JsonNode node = object(one);
        double best = Double.POSITIVE_INFINITY;
        for (JsonNode candidate : node.get("candidates")) {
            int rungs = candidate.get("losses").size();
            if (rungs == node.get("rungs").size()) {
                best = Math.min(best, candidate.get("losses").get(rungs - 1).asDouble());
            }
        }
        double wanted = best;
        JsonNode winner = StreamSupport.stream(node.get("candidates").spliterator(), false)
                .filter(candidate -> candidate.get("ended").asText().equals("best"))
                .findFirst()
                .orElseThrow();
        assertEquals(wanted, winner.get("losses").get(winner.get("losses").size() - 1).asDouble());
        assertEquals(winner.get("values"), node.get("best"));
    }

    /// `train --auto` and the command that `tune` prints make the same run.
    @Test
    void autoTrainsWithWhatTuneFinds() throws IOException {
        String out = Quadric.line("tune --l2 1e-4 " + KFAC + 1).succeeds().out();
        String command = out.lines().filter(line -> line.startsWith("quadric train ")).findFirst().orElseThrow();
        Path given = temp.resolve("given.log");
        Path auto = temp.resolve("auto.log");
        Quadric.line(command.substring("quadric ".length()) + " --log " + given).succeeds();
        String told = Quadric.line("train --auto --l2 1e-4 " + KFAC + 1 + " --log " + auto).succeeds().out();
        String found = out.lines().filter(line -> line.startsWith("found: ")).findFirst().orElseThrow();
        assertTrue(told.contains(System.lineSeparator() + found + System.lineSeparator()), told);
        assertEquals(Quadric.log(given), Quadric.log(auto));
        JsonNode heading = LogFile.heading(auto).orElseThrow();
        assertEquals(heading.get("search").get("best"), heading.get("hyperParameters"));
        assertEquals(LogFile.heading(given).orElseThrow().get("hyperParameters"), heading.get("hyperParameters"));
    }

    @Test
    void aResumedRunDoesNotSearchAgain() throws IOException {
        Path parts = temp.resolve("parts");
        Path whole = temp.resolve("whole");
        String method = "train --auto --candidates 2 --search-fraction 0.1 " + KFAC + 1;
        Quadric.line(method + " --save " + whole).succeeds();
        Quadric.line(method + " --steps 40 --seconds 0 --save " + parts).succeeds();
        Map<String, String> found = CheckpointFile.read(parts).run().optimizer().values();
        assertTrue(found.keySet().containsAll(List.of("learningRate", "damping")), found.toString());
        Path log = temp.resolve("log");
        String out = Quadric.line("train --resume " + parts + " --epochs 10 --threads 2 --save " + parts + " --log "
                + log).succeeds().out();
        assertFalse(out.contains("search "), out);
        assertTrue(out.contains(found.get("learningRate")), out);
        assertEquals(found, CheckpointFile.read(parts).run().optimizer().values());
        assertEquals(found.get("damping"),
                LogFile.heading(log).orElseThrow().get("hyperParameters").get("damping").asText());
        assertEquals(CheckpointFile.read(whole).snapshot().parameters().toString(),
                CheckpointFile.read(parts).snapshot().parameters().toString());
        Quadric.line("train --auto --resume " + parts).isRefused("--auto cannot be given with --resume");
    }

    @Test
    void whatIsGivenStays() {
        JsonNode node = object(Quadric.line("tune --json --set learningRate=0.02 " + KFAC + 1).succeeds().out());
        node.get("candidates").forEach(candidate -> {
            assertTrue(candidate.get("values").has("damping"));
            assertFalse(candidate.get("values").has("learningRate"));
        });
        assertTrue(node.get("command").asText().contains("--set learningRate=0.02"));
    }

    @Test
    void ifAllFailTheErrorSaysSo() {
        for (String command : new String[]{"tune ", "train --auto "}) {
            Quadric done = Quadric.line(command + "--l2 1e9 --optimizer sgd" + SMALL + 1);
            assertEquals(1, done.code());
            assertEquals(1, done.err().lines().count(), done.err());
            assertTrue(done.err().contains(" failed: all of ") && done.err().contains("learningRate"), done.err());
        }
    }

    @Test
    void whatCannotBeSearchedIsRefused() {
        Quadric.line("tune --optimizer quadric").isRefused("quadric has nothing to search");
        Quadric.line("train --auto --optimizer lbfgs").isRefused("lbfgs has nothing to search");
        Quadric.line("tune --optimizer adam --set learningRate=0.1").isRefused("all of [learningRate] are given");
        Quadric.line("tune --optimizer adam --steps 0").isRefused("of the 0 updates by --epochs and --steps");
        Quadric.line("tune --optimizer adam --steps 5").isRefused("--search-fraction is 0.2 of the 5 updates");
        Quadric.line("tune --optimizer adam --search-fraction 0").isRefused("--search-fraction is 0.0, expected");
        Quadric.line("tune --optimizer adam --search-fraction 1.5").isRefused("--search-fraction is 1.5, expected");
        Quadric.line("tune --optimizer adam --steps 100 --candidates 50").isRefused("--candidates is 50");
        Quadric.line("tune --optimizer adam --candidates 1").isRefused("--candidates is 1");
        Quadric.line("train --optimizer adam --candidates 4").isRefused("--candidates is given without --auto");
        Quadric.line("tune --optimizer adam --out " + temp).isRefused("--out");
    }
}
