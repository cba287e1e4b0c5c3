package io.quadric.engine;

import java.util.function.Supplier;

/// An input from outside that cannot be used: a file, a member of it, an option. The message is one line that names
/// where it is, what was found and what was expected.
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// With the place, the value and the expectation.
    ///
    /// @param message one line
    public InputException(String message) {
        super(message.replaceAll("\\s*\\R\\s*", " "));
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
