package io.quadric.engine;

import java.util.Locale;
import java.util.function.Supplier;

/// An input from outside that cannot be used: a file, a member of it, an option. The message is one line that names
/// where it is, what was found and what was expected.
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 1000;

    /// With the place, the value and the expectation.
    ///
    /// @param message one line; line ends become spaces, other control characters are written as `\\u001b`, and what is
    ///     beyond a thousand characters is left out of the middle
    public InputException(String message) {
        super(shortened(printable(message.replaceAll("\\s*\\R\\s*", " "))));
    }

    /// A message may quote a file; what a terminal would obey must not reach it.
    private static String printable(String message) {
        StringBuilder text = new StringBuilder(message.length());
        message.chars().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }

    private static String shortened(String message) {
        int length = message.length();
        return length <= LONGEST
                ? message
                : message.substring(0, LONGEST * 3 / 4) + " … " + message.substring(length - LONGEST / 4);
    }

    /// {@return what is made of an input}
    ///
    /// @param <T> of what
    /// @param made makes it, and refuses the input with an [IllegalArgumentException]
    /// @throws InputException if the input is refused
    public static <T> T unlessRefused(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
    }

    /// Does something with an input.
    ///
    /// @param done does it, and refuses the input with an [IllegalArgumentException]
    /// @throws InputException if the input is refused
    public static void unlessRefused(Runnable done) {
        unlessRefused(() -> {
            done.run();
            return done;
        });
    }

    /// {@return the same message with the place it was met before it}
    ///
    /// @param place a file or an option
    public InputException at(String place) {
        return new InputException(place + ": " + getMessage());
    }
}
