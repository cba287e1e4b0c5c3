package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Values at the ends of the types of numbers, and what a command must come to with one of them; the long form
/// (`-Dquadric.torture=true`) has more of them.
final class Ends {
    static final List<String> WHOLE;
    static final List<String> REAL;

    static {
        List<String> whole = List.of("-2147483648", "-1", "0", "2147483647", "NaN");
        List<String> real = List.of("-1.7976931348623157E308", "0", "4.9E-324", "1.7976931348623157E308", "NaN");
        boolean isLong = Boolean.getBoolean("quadric.torture");
        WHOLE = isLong
                ? with(whole, "-9223372036854775808", "1", "2147483648", "9223372036854775807", "1e3", "many")
                : whole;
        REAL = isLong ? with(real, "-Infinity", "-1", "Infinity", "much") : real;
    }

    /// Commands take less than a second; a machine may have other things to do.
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Ends() {}

    private static List<String> with(List<String> some, String... others) {
        return Stream.concat(some.stream(), Stream.of(others)).toList();
    }

    /// The command works, or a run of it fails in so many words, or the value is refused by one line that says which
    /// option it was and what had been expected.
    ///
    /// @param name of the option
    /// @param value as it was given
    /// @param command the whole command
    static void check(String name, String value, List<String> command) {
        String what = String.join(" ", command);
        Quadric done = assertTimeoutPreemptively(LIMIT, () -> Quadric.run(command.toArray(String[]::new)), what);
        String text = what + ": " + (done.err() + done.out()).lines().limit(4).toList();
        if (done.code() == 0) {
            assertEquals("", done.err(), what);
            return;
        }
        assertFalse(done.err().isEmpty(), text);
        if (done.err().lines().allMatch(line -> line.startsWith("quadric: ") && line.contains("failed: "))) {
            return;
        }
        assertEquals(1, done.err().lines().count(), text);
        assertTrue(done.err().startsWith("quadric: ") && done.err().length() < 700, text);
        assertEquals(2, done.code(), text);
        assertTrue(done.err().contains(name), text);
        assertTrue(done.err().contains("expected") || done.err().contains("must be"), text);
        assertTrue(mentions(done.err().toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT)), text);
    }

    /// As it was given, or as Java prints the number.
    private static boolean mentions(String line, String value) {
        try {
            return line.contains(value)
                    || line.contains(Double.toString(Double.parseDouble(value)).toLowerCase(Locale.ROOT));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
