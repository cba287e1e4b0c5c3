package io.quadric.engine.table;

import io.quadric.nn.registry.Registry;
import java.util.List;
import java.util.stream.Collectors;

/// Names in messages.
public final class Names {
    private static final int SHOWN = 20;
    private static final int LONGEST = 40;

    private Names() {}

    /// {@return "no column 'prize', expected one of area, price; did you mean 'price'?"}
    ///
    /// @param kind of thing: "column"
    /// @param name that is unknown
    /// @param known the names there are
    public static String unknown(String kind, String name, List<String> known) {
        String expected = Registry.expected(name, known);
        int guess = expected.lastIndexOf("; did you mean");
        String end = known.size() <= SHOWN || guess < 0 ? "" : expected.substring(guess);
        return "no " + kind + " '" + shown(name) + "', "
                + (known.size() <= SHOWN ? expected : "expected one of " + list(known) + end);
    }

    /// {@return the names, the first twenty and how many more there are}
    ///
    /// @param names any number of them
    public static String list(List<String> names) {
        String first = names.stream().limit(SHOWN).map(Names::shown).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? first : first + " … (" + (names.size() - SHOWN) + " more)";
    }

    /// {@return a text in one line, of at most 40 characters}
    ///
    /// @param text from outside
    public static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
