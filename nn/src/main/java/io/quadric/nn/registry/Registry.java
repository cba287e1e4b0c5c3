package io.quadric.nn.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Entries by name: the built-in ones, then those of the [extensions][Extension].
///
/// @param <T> the class of the entries
public final class Registry<T extends Named> {
    private final String what;
    private final Map<String, T> entries = new LinkedHashMap<>();
    private final Map<String, String> renamed;

    /// Collects the entries.
    ///
    /// @param what an entry is, for messages, such as `loss`
    /// @param type their class, by which those of the extensions are recognised
    /// @param builtIn the built-in ones
    /// @throws IllegalArgumentException if two have the same name
    public Registry(String what, Class<T> type, List<? extends T> builtIn) {
        this(what, type, builtIn, Map.of());
    }

    /// Collects the entries.
    ///
    /// @param what an entry is, for messages, such as `loss`
    /// @param type their class, by which those of the extensions are recognised
    /// @param builtIn the built-in ones
    /// @param renamed names that are no longer used, with those that replaced them
    /// @throws IllegalArgumentException if two have the same name
    public Registry(String what, Class<T> type, List<? extends T> builtIn, Map<String, String> renamed) {
        this.what = what;
        this.renamed = renamed;
        builtIn.forEach(this::add);
        for (Extension extension : ServiceLoader.load(Extension.class)) {
            extension.entries().stream().filter(type::isInstance).map(type::cast).forEach(this::add);
        }
    }

    private void add(T entry) {
        if (entries.putIfAbsent(entry.name(), entry) != null) {
            throw new IllegalArgumentException(
                    "the " + what + " '" + entry.name() + "' is registered twice, expected different names");
        }
    }

    /// {@return all entries, in order}
    public List<T> all() {
        return List.copyOf(entries.values());
    }

    /// {@return all names, in order}
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /// {@return the entry of that name, if there is one}
    ///
    /// @param name the name
    public Optional<T> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /// {@return the entry of that name}
    ///
    /// @param name the name
    /// @throws IllegalArgumentException if there is none; the message lists the names, and says which is meant if that
    ///     can be guessed
    public T get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(
                "unknown " + what + " '" + name + "', " + expected(name)));
    }

    /// {@return the end of a message about an unknown name}: what it is called now, or else the names to choose from
    ///
    /// @param given the unknown name
    /// @param others what else may be given, such as `or a file`
    public String expected(String given, String... others) {
        if (renamed.containsKey(given)) {
            return "which is now called '" + renamed.get(given) + "'";
        }
        List<String> known = new ArrayList<>(entries.keySet());
        known.addAll(List.of(others));
        return expected(given, known);
    }

    /// {@return the end of a message about an unknown name}: the names to choose from, and the one that is meant if
    /// some are near
    ///
    /// @param given the unknown name
    /// @param known the names that exist
    public static String expected(String given, Collection<String> known) {
        String list = "expected one of " + String.join(", ", known);
        List<String> near = new ArrayList<>();
        int least = 1 + given.length() / 4;
        for (String name : known) {
            int distance = distance(given, name);
            if (distance < least) {
                near.clear();
            }
            if (distance <= least) {
                least = distance;
                near.add(name);
            }
        }
        return near.isEmpty() ? list : list + "; did you mean '" + String.join("' or '", near) + "'?";
    }

    /// The least number of insertions, deletions, replacements and swaps of neighbours that lead from one word to the
    /// other (optimal string alignment).
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean equal = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(d[i - 1][j - 1] + (equal ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
