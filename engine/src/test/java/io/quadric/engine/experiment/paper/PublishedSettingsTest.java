package io.quadric.engine.experiment.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.experiment.Study;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.BatchSizes;
import io.quadric.optim.HyperParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The settings of every run of every experiment, published and small, against the table of the papers' in
/// `published-settings.txt`.
class PublishedSettingsTest {
    private static final String PUBLISHED = "published:";

    /// A line of the table.
    record Row(String experiment, String run, String batches, Map<String, String> settings) {
        static Row of(String line) {
            String[] cells = line.split(";");
            Map<String, String> settings = Arrays.stream(cells[3].strip().split(" "))
                    .map(setting -> setting.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
            return new Row(cells[0].strip(), cells[1].strip(), cells[2].strip(), settings);
        }

        boolean isOf(Entry entry) {
            return entry.label().matches(run);
        }

        @Override
        public String toString() {
            return experiment + ", " + run;
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/published-settings.txt")).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Row::of)
                .toList();
    }

    private static List<Entry> entries(String name, Size size) {
        Scale scale = new Scale(size, "digits");
        return Experiments.ALL.get(name).runs(scale);
    }

    private static Map<String, String> settings(Entry entry) {
        Map<String, String> all = new HashMap<>();
        HyperParameters.of(entry.method().optimizer()).forEach(known -> all.put(known.name(), known.value()));
        all.put("initialization", entry.initialization().name());
        all.put("length", Double.toString(entry.pace().length()));
        all.put("decayFactor", Double.toString(entry.pace().decayFactor()));
        all.put("decayShare", Double.toString(entry.pace().decayShare()));
        all.put("l2", Double.toString(entry.model().model().l2()));
        return all;
    }

    private static Object value(String text) {
        return text != null && text.matches("[-+.0-9eE]+") ? Double.valueOf(text) : text;
    }

    private static String batches(BatchRequest sizes) {
        boolean within = sizes.pool().equals(Optional.of(BatchSizes.Pool.GRADIENT_BATCH));
        return text("", sizes.gradient()) + text(within ? ">" : "/", sizes.curvature()) + text("/", sizes.evaluation());
    }

    private static String text(String before, OptionalInt cases) {
        return cases.isPresent() ? before + cases.getAsInt() : "";
    }

    @ParameterizedTest
    @MethodSource("rows")
    void settingsAreThoseOfThePapers(Row row) {
        for (Size size : Size.values()) {
            List<Entry> entries = entries(row.experiment(), size).stream().filter(row::isOf).toList();
            assertFalse(entries.isEmpty(), size + " has no run " + row);
            for (Entry entry : entries) {
                Map<String, String> settings = settings(entry);
                row.settings().forEach((given, value) -> {
                    String name = given.replace(PUBLISHED, "");
                    if (name.equals(given) || size == Size.PUBLISHED) {
                        assertEquals(value(value), value(settings.get(name)),
                                () -> row.experiment() + ", " + size + ", " + entry.label() + ": " + name);
                    }
                });
                if (size == Size.PUBLISHED && !row.batches().isEmpty()) {
                    assertEquals(row.batches(), batches(entry.sizes()), entry.label());
                }
            }
        }
    }

    /// The commands by which claims are checked again.
    @Test
    void everyExperimentOfTheDocumentationExists() throws IOException {
        List<String> named = Pattern.compile("`(?:./quadric )?experiment ([a-z][a-z0-9-]+)")
                .matcher(Files.readString(Path.of("../docs/reproduction.md"))).results()
                .map(result -> result.group(1))
                .toList();
        assertFalse(named.isEmpty());
        named.forEach(Experiments.ALL::get);
    }

    /// A run that is added has to be added to the table.
    @Test
    void everyRunIsInTheTableOnce() throws IOException {
        List<Row> rows = rows();
        for (Study study : Experiments.ALL.all()) {
            for (Size size : Size.values()) {
                for (Entry entry : entries(study.name(), size)) {
                    long count = rows.stream()
                            .filter(row -> row.experiment().equals(study.name()) && row.isOf(entry))
                            .count();
                    assertEquals(1, count, study.name() + ", " + size + ", " + entry.label());
                }
            }
        }
    }
}
