package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.util.Locale;

/// Refuses what a file claims to need before it is allocated.
public final class HeapLimit {
    private HeapLimit() {}

    /// Checks that an array, which reading may double for a while, takes no more than a third of the largest heap, and
    /// fits a Java array.
    ///
    /// @param what it is, for messages: "30 × 20 numbers"
    /// @param elements of the array
    /// @param bytes of an element
    /// @throws InputException if it is larger
    public static void require(String what, long elements, int bytes) {
        long most = Runtime.getRuntime().maxMemory() / 3;
        if (elements > Integer.MAX_VALUE - 8) {
            throw new InputException(what + " are more than a Java array holds, expected fewer than 2^31");
        }
        if (elements * bytes > most) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s take %,d MB, expected at most a third of the heap, %,d MB; the JVM's option -Xmx enlarges it",
                    what,
                    elements * bytes >> 20,
                    most >> 20));
        }
    }
}
