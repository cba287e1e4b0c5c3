package io.quadric.engine.experiment;

import io.quadric.engine.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A grid of hyper-parameters: every combination of their values is a cell.
///
/// @param values of each hyper-parameter, as text
public record Grid(Map<String, List<String>> values) {
    /// Checks that there is something to search.
    ///
    /// @throws InputException if there is no hyper-parameter, or one without values or with equal ones
    public Grid {
        if (values.isEmpty()) {
            throw new InputException("no --grid given, expected NAME=VALUE,VALUE… for each hyper-parameter searched");
        }
        values.forEach((name, list) -> {
            if (list.isEmpty() || list.stream().distinct().count() < list.size()) {
                throw new InputException("--grid " + name + "=" + String.join(",", list)
                        + ", expected different values");
            }
        });
    }

    /// {@return the grid of options}
    ///
    /// @param options `NAME=VALUE,VALUE…` each
    /// @throws InputException if one is not of that form, or names a hyper-parameter again
    public static Grid parse(List<String> options) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String option : options) {
            String[] parts = option.split("=", 2);
            if (parts.length < 2 || parts[1].isEmpty() || values.containsKey(parts[0])) {
                throw new InputException("--grid " + option + ", expected NAME=VALUE,VALUE… once for each name");
            }
            values.put(parts[0], List.of(parts[1].split(",", -1)));
        }
        return new Grid(values);
    }

    /// {@return the names}
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /// {@return all combinations, the last name's values changing fastest}
    public List<Map<String, String>> cells() {
        List<Map<String, String>> cells = List.of(Map.of());
        for (Map.Entry<String, List<String>> axis : values.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> cell : cells) {
                for (String value : axis.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(cell);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                }
            }
            cells = longer;
        }
        return cells;
    }

    /// {@return a cell as text}
    ///
    /// @param cell values by name
    public static String text(Map<String, String> cell) {
        return cell.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
    }
}
