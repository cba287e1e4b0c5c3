package io.quadric.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The mutants that no law can kill since they are no faults of a derivative, from `equivalent-mutants.txt`: a line
/// `class.method RULE count reason` for each place.
final class EquivalentMutants {
    private static final int FIELDS = 4;

    private final Map<String, Integer> counts = new HashMap<>();

    EquivalentMutants() {
        var stream = EquivalentMutants.class.getResourceAsStream("equivalent-mutants.txt");
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        String[] fields = line.split(" +", FIELDS);
        if (fields.length < FIELDS || counts.put(fields[0] + " " + fields[1], Integer.parseInt(fields[2])) != null) {
            throw new IllegalStateException("not 'class.method RULE count reason', or twice: " + line);
        }
    }

    /// {@return where more mutants survived than are listed, or fewer in files all of whose mutants were tried}
    ///
    /// @param survivors what survived
    /// @param whole these files
    List<String> unlike(List<MutationRule.Planted> survivors, Set<String> whole) {
        Map<String, Long> found = survivors.stream()
                .collect(Collectors.groupingBy(MutationRule.Planted::place, Collectors.counting()));
        return Stream.concat(found.keySet().stream(), counts.keySet().stream()).distinct().sorted()
                .filter(place -> found.getOrDefault(place, 0L) > listed(place)
                        || found.getOrDefault(place, 0L) < listed(place) && whole.contains(file(place)))
                .map(place -> "%s: %d survived, %d are listed"
                        .formatted(place, found.getOrDefault(place, 0L), listed(place)))
                .toList();
    }

    private int listed(String place) {
        return counts.getOrDefault(place, 0);
    }

    private static String file(String place) {
        return place.substring(0, place.indexOf('.')) + ".java";
    }
}
