package io.quadric.engine.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.json.ModelJson;
import io.quadric.engine.report.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String NASTY = "</script><b>&\"'{{data}}";

    @TempDir
    private Path temp;

    private static RunHistory run(double scale) {
        return RunHistory.of(IntStream.rangeClosed(0, 20)
                .mapToObj(i -> ModelJson.document(String.format("{\"step\": %d, \"epoch\": %s, \"seconds\": %s, "
                        + "\"loss\": %s, \"trainLoss\": %s, \"damping\": %s, \"norms\": {\"0.weight\": %s}}",
                        i, i / 4.0, i * 0.5, scale / (1 + i), scale / (1 + i), scale, scale)))
                .toList());
    }

    private Path report() {
        Path file = temp.resolve("report.html");
        new HtmlReport(NASTY, "lead", List.of(
                new Part.Facts("Facts", Map.of(NASTY, NASTY)),
                new Part.Rows("Table", "", List.of(List.of("name", "value"), List.of(NASTY, "1.5"))),
                new Part.Curves("Curves", List.of(
                        new RunGroup(NASTY, List.of(run(1), run(3))), new RunGroup("other", List.of(run(2)))))))
                .write(file);
        return file;
    }

    @Test
    void textsCannotBreakOutAndNothingIsFetched() throws IOException {
        String text = Files.readString(report());
        assertFalse(text.contains("</script><b>"), text);
        assertEquals(3, text.split("</script>", -1).length - 1);
        for (String fetching : List.of("src=", "href=", "@import", "url(", "fetch(", "XMLHttpRequest", "import(")) {
            assertFalse(text.contains(fetching), fetching);
        }
        assertTrue(text.contains("The MIT License"), "the licence of the chart library");
    }

    @Test
    void theBandIsMeanAndDeviationOfTheRuns() throws IOException {
        Matcher data = Pattern.compile("id=\"data\">(.*?)</script>").matcher(Files.readString(report()));
        assertTrue(data.find());
        var line = ModelJson.document(data.group(1)).path("charts").path(0).path("lines").path(0);
        assertEquals(NASTY, line.path("name").asText());
        assertEquals(2.0 / 5, line.path("mean").path(4).asDouble(), 1e-6);
        assertEquals(Math.sqrt(2) / 5, line.path("deviation").path(4).asDouble(), 1e-6);
    }

    @Test
    void aBrowserDrawsEveryChartZoomsAndTakesTheOtherThemeAndAxis() throws Exception {
        Path file = report();
        Path tried = temp.resolve("tried.html");
        Files.writeString(tried, Files.readString(file).replace("</body>", """
                <script>
                const first = document.querySelector("figure.chart");
                const seen = [];
                const settled = () => new Promise(resolve => setTimeout(resolve, 100));
                async function use() {
                    await settled();
                    seen.push(first.dataset.range);
                    document.querySelector("[data-axis=seconds]").click();
                    await settled();
                    seen.push(first.dataset.range);
                    const over = first.querySelector(".u-over");
                    const box = over.getBoundingClientRect();
                    const mouse = (type, share, target) => target.dispatchEvent(new MouseEvent(type, {
                        clientX: box.left + share * box.width, clientY: box.top + 50, button: 0, buttons: 1,
                        bubbles: true, movementX: 9, movementY: 9}));
                    mouse("mouseenter", 0.25, over);
                    mouse("mousemove", 0.25, over);
                    mouse("mousedown", 0.25, over);
                    mouse("mousemove", 0.75, over);
                    mouse("mouseup", 0.75, document);
                    await settled();
                    seen.push(first.dataset.range);
                    document.querySelector("[data-theme-choice=dark]").click();
                    await settled();
                    seen.push(getComputedStyle(document.body).backgroundColor);
                    document.body.dataset.seen = seen.join(";");
                }
                use();
                </script></body>"""));
        String page = Browser.orSkip(temp).page(tried);
        int charts = page.split("<figure class=\"chart\"", -1).length - 1;
        assertTrue(charts >= 4 && page.contains("data-charts=\"" + charts + "\""), page);
        assertEquals(charts, page.split("<canvas", -1).length - 1);
        Matcher seen = Pattern.compile("data-seen=\"([^\"]*)\"").matcher(page);
        assertTrue(seen.find(), page);
        String[] values = seen.group(1).split(";");
        assertEquals("0 20", values[0]);
        assertEquals("0 10", values[1]);
        double[] zoomed = Pattern.compile(" ").splitAsStream(values[2]).mapToDouble(Double::parseDouble).toArray();
        assertTrue(zoomed[0] > 2 && zoomed[0] < 3 && zoomed[1] > 7 && zoomed[1] < 8, values[2]);
        assertEquals("rgb(20, 24, 28)", values[3]);
    }
}
