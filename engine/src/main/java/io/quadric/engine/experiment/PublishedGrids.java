package io.quadric.engine.experiment;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The grids of hyper-parameters that the papers searched, by study and method.
public final class PublishedGrids {
    private static final String SHARE = "%";
    private static final List<Row> ROWS = read();

    private PublishedGrids() {}

    private record Row(String study, List<String> methods, Map<String, List<String>> values) {
        static Row parse(String line) {
            List<String> parts = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            Map<String, List<String>> values = new LinkedHashMap<>();
            for (String axis : parts.subList(2, parts.size())) {
                String[] sides = axis.split("=");
                values.put(sides[0], List.of(sides[1].split(",")));
            }
            return new Row(parts.getFirst(), List.of(parts.get(1).split(", ")), values);
        }
    }

    private static List<Row> read() {
        try (InputStream in = PublishedGrids.class.getResourceAsStream("published-grids.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// {@return the names of the studies}
    public static List<String> studies() {
        return ROWS.stream().map(Row::study).distinct().toList();
    }

    /// {@return the methods of a study}
    ///
    /// @param study its name
    public static List<String> methods(String study) {
        return ROWS.stream()
                .filter(row -> row.study().equals(study))
                .flatMap(row -> row.methods().stream())
                .toList();
    }

    /// {@return the grid that a study searched for a method}
    ///
    /// @param study its name
    /// @param method a recipe
    /// @param updates of a run, if they are limited: some grids have shares of them
    /// @throws InputException if there is none, or it needs the updates
    public static Grid grid(String study, String method, Optional<Long> updates) {
        if (!studies().contains(study)) {
            throw new InputException("unknown study '" + study + "', expected one of " + String.join(", ", studies()));
        }
        Row row = ROWS.stream()
                .filter(candidate -> candidate.study().equals(study) && candidate.methods().contains(method))
                .findFirst()
                .orElseThrow(() -> new InputException(study + " has no grid for " + method + ", expected one of "
                        + String.join(", ", methods(study))));
        Map<String, List<String>> values = new LinkedHashMap<>();
        row.values().forEach((name, list) -> values.put(name, list.stream()
                .map(value -> value.endsWith(SHARE) ? share(study, name, value, updates) : value)
                .distinct()
                .toList()));
        return new Grid(values);
    }

    private static String share(String study, String name, String value, Optional<Long> updates) {
        long all = updates.orElseThrow(() -> new InputException(
                study + " has " + name + " as shares of the updates, expected --steps with it"));
        double share = Double.parseDouble(value.substring(0, value.length() - SHARE.length())) / 100;
        return Long.toString(Math.max(1, Math.round(share * all)));
    }
}
