package io.quadric.linalg.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The places at which a pixel of a window meets the image, up to the largest windows and paddings there can be.
class OverlapTest {
    private static final List<Integer> SIZES = List.of(
            1, 2, 3, 5, 8, 1 << 16, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE);

    @Test
    void exactlyThePlacesWhosePixelLiesInTheImage() {
        int checked = 0;
        for (int window : SIZES) {
            for (int stride : SIZES) {
                for (int padding : ends(window)) {
                    checked += check(window, stride, padding);
                }
            }
        }
        assertTrue(checked > 1000, "cases: " + checked);
    }

    private static int check(int window, int stride, int padding) {
        int checked = 0;
        for (int size : SIZES) {
            long moves = size + 2L * padding - window;
            if (moves >= 0 && moves / stride < Integer.MAX_VALUE) {
                int places = new Window(window, 1, stride, 1, padding, 0).placesDown(size);
                ends(window).forEach(offset -> check(offset, stride, padding, size, places));
                checked++;
            }
        }
        return checked;
    }

    private static List<Integer> ends(int size) {
        return List.of(0, size / 2, size - 1);
    }

    private static void check(int offset, int stride, int padding, int size, int places) {
        Overlap found = Overlap.of(offset, stride, padding, size, places);
        String message = "pixel " + offset + ", stride " + stride + ", padding " + padding + ", " + size + " pixels: "
                + found;
        long from = Math.max(0, Math.ceilDiv((long) padding - offset, (long) stride));
        long to = Math.min(places, Math.floorDiv(size - 1L + padding - offset, (long) stride) + 1);
        assertEquals(Math.max(0, to - from), found.to() - found.from(), message);
        if (from < to) {
            assertEquals(from, found.from(), message);
            assertEquals(from * stride + offset - padding, found.first(), message);
        }
    }
}
