package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.html.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reports of the commands that train, read as text and as a browser shows them.
class ReportTest {
    @TempDir
    private Path temp;

    private void has(Path file, String... contents) throws Exception {
        String text = Files.readString(file);
        for (String content : contents) {
            assertTrue(text.contains(content), () -> content + " is missing in " + text);
        }
        String page = Browser.orSkip(temp).page(file);
        int charts = page.split("<figure class=\"chart\"", -1).length - 1;
        assertTrue(charts > 3, page);
        assertTrue(page.contains("data-charts=\"" + charts + "\""),
                "a chart is missing, or the script failed: " + page);
        assertEquals(charts, page.split("<canvas", -1).length - 1);
    }

    @Test
    void ofTrainHasCurvesFiguresConfusionSettingsAndProvenance() throws Exception {
        Path report = temp.resolve("report.html");
        String run = "train --optimizer hessian-free --epochs 2 --batch-size 500 --set lambda=2 --report ";
        Quadric.line(run + report).succeeds();
        has(report, "Damping", "Reduction ratio", "CG iterations", "Step size", "Norms of the parameters",
                "actual ↓ predicted →", "digits-classifier", "<td>lambda</td>", "given", "--set lambda=2",
                "fingerprint of the training data", "300 cases");
    }

    @Test
    void ofATableHasTheFiguresOfTheRowsThatValidate() throws Exception {
        Path table = temp.resolve("table.csv");
        StringBuilder text = new StringBuilder("a,b,price\n");
        for (int i = 0; i < 100; i++) {
            text.append(i % 10).append(',').append(i / 10).append(',').append(3 * (i % 10) - i / 10).append('\n');
        }
        Files.writeString(table, text);
        Path report = temp.resolve("report.html");
        Quadric.line("train --data " + table + " --target price --epochs 3 --report " + report).succeeds();
        has(report, "Best parameters on the rows that validate", "R²", "<dt>data</dt><dd>");
    }

    @Test
    void ofAResumedRunBeginsWithItsLog() throws IOException {
        Path report = temp.resolve("report.html");
        String files = " --log " + temp.resolve("log") + " --save " + temp.resolve("ckpt");
        Quadric.line("train --optimizer sgd --steps 3 --eval-every 1" + files).succeeds();
        Quadric.line("train --resume " + temp.resolve("ckpt") + " --steps 5 --eval-every 1 --report " + report + files)
                .succeeds();
        assertTrue(Files.readString(report).contains("\"step\":[0,1,2,3,4,5]"), Files.readString(report));
    }

    @Test
    void ofCompareSweepAndExperimentHaveALineForEachGroupOfSeeds() throws Exception {
        Path folder = temp.resolve("compared");
        Quadric.line("compare --optimizers kfac,sgd --repeats 2 --epochs 2 --batch-size 500 --warm-up 0 --out "
                + folder).succeeds();
        has(folder.resolve("report.html"), "\"name\":\"kfac\"", "\"deviation\":[", "Means over the runs");
        Path swept = temp.resolve("swept");
        Quadric.line("sweep --optimizer sgd --grid learningRate=0.1,0.01 --repeats 2 --epochs 2 --batch-size 500 --out "
                + swept).succeeds();
        has(swept.resolve("report.html"), "Scores over the grid", "\"name\":\"learningRate=0.01\"", "\"deviation\":[");
        Path repeated = temp.resolve("repeated");
        Quadric.line("experiment mnist-autoencoder --small --only KFAC --repeats 2 --steps 3 --warm-up 0 --out "
                + repeated);
        has(repeated.resolve("report.html"), "\"deviation\":[", "Settings");
    }

    @Test
    void isNotWrittenWhereAnotherFileIsOrNoFolder() {
        Path file = temp.resolve("same");
        Quadric.line("train --steps 1 --report " + file + " --log " + file).isRefused("--report");
        Quadric.line("train --steps 1 --report " + temp.resolve("no").resolve("r.html")).isRefused("--report");
        assertFalse(Files.exists(file));
        assertEquals(List.of(), List.of(temp.toFile().list()));
    }
}
