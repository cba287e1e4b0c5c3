package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Values at the ends of the types of numbers, and what a command must come to with one of them.
final class Ends {
    static final List<String> WHOLE = List.of("-9223372036854775808", "-2147483648", "-1", "0", "1", "2147483647",
            "2147483648", "9223372036854775807", "1e3", "NaN", "many");
    static final List<String> REAL = List.of("-1.7976931348623157E308", "-Infinity", "-1", "0", "4.9E-324",
            "1.7976931348623157E308", "Infinity", "NaN", "much");

    /// Commands take less than a second; a machine may have other things to do.
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Ends() {}

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
