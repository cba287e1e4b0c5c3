package io.quadric.engine.data;

import io.quadric.engine.InputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The whole numbers behind the name of a data set: `NAME,cases=100,seed=2`.
///
/// @param name what stands before the first option
/// @param values by name, defaults included
record SourceOptions(String name, Map<String, Long> values) {
    /// Reads a text; every part behind the first comma is an option.
    static SourceOptions parse(String text, Map<String, Long> defaults) {
        Map<String, Long> values = new LinkedHashMap<>(defaults);
        String[] parts = text.split(",", -1);
        for (int i = 1; i < parts.length; i++) {
            String[] member = parts[i].split("=", 2);
            if (member.length < 2 || !defaults.containsKey(member[0])) {
                String known = defaults.keySet().stream().sorted().map(key -> key + "=")
                        .collect(Collectors.joining(", "));
                throw new InputException(
                        "'" + parts[i] + "' in '" + text + "', expected one of " + known + " with a whole number");
            }
            values.put(member[0], number(member[0], member[1]));
        }
        return new SourceOptions(parts[0], values);
    }

    private static long number(String name, String value) {
        try {
            long number = Long.parseLong(value);
            if (number <= Integer.MAX_VALUE || name.equals("seed")) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the message below says it better
        }
        throw new InputException(name + "=" + value + ", expected a whole number of at most "
                + (name.equals("seed") ? Long.MAX_VALUE : Integer.MAX_VALUE));
    }

    /// A number of cases and the like.
    int count(String option) {
        return (int) Math.max(values.get(option), Integer.MIN_VALUE);
    }

    /// A seed.
    long seed() {
        return values.get("seed");
    }
}
