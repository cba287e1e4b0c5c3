package io.quadric.linalg;

import java.util.function.LongSupplier;

/// What code allocates once it is compiled. What is interpreted until then makes objects of vectors.
final class SteadyState {
    private static final int CALLS = 100;

    /// Nanoseconds for the compiler to come to an end, on a machine with other work too.
    private static final long LONGEST = 120_000_000_000L;

    private SteadyState() {}

    /// {@return the bytes of a call}, the least of rounds of calls until there are few
    ///
    /// @param allocated counts bytes
    /// @param few how many would do
    /// @param call what is called
    static long bytesOf(LongSupplier allocated, long few, Runnable call) {
        long begin = System.nanoTime();
        long least = Long.MAX_VALUE;
        while (least >= few && System.nanoTime() - begin < LONGEST) {
            long before = allocated.getAsLong();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, (allocated.getAsLong() - before) / CALLS);
        }
        return least;
    }
}
