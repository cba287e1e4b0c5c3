package io.quadric.nn.layer;

import java.util.Collection;

/// Products of sizes that must be the size of an array.
final class ElementCount {
    /// The most elements that every JVM has in an array.
    private static final int MOST = Integer.MAX_VALUE - 8;

    private ElementCount() {}

    /// {@return the product}
    ///
    /// @param what whose sizes they are, for the message
    /// @param sizes each at least 1
    /// @throws IllegalArgumentException if an array cannot be that long
    static int of(String what, Collection<Integer> sizes) {
        long product = 1;
        for (int size : sizes) {
            product *= size;
            if (product < 0 || product > MOST) {
                throw new IllegalArgumentException(
                        what + " of " + sizes + " elements, expected at most " + MOST + " elements");
            }
        }
        return (int) product;
    }
}
