package io.quadric.linalg.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/// One direction, down or across, of a correlation whose operands stand in *planes*: rows with zeros between them, so
/// that moving the window by one place is moving by one element, also from the end of a row to the next.
///
/// With a stride s, elements whose padded indices have the same remainder by s are a plane of their own, and moving by
/// s places is moving by one element of the plane. Only the remainders that the window's k elements meet are there.
///
/// @param in what is read, one run for each plane
/// @param out what is made, one run for each phase
/// @param taps for each phase of what is made, what is read for it
/// @param pitch elements from one row to the next
/// @param reach the farthest that is read behind a place
/// @param made the end of what is made
public record PlaneAxis(List<Run> in, List<Run> out, List<List<Tap>> taps, int pitch, int reach, int made) {
    /// Elements `first`, `first + step`, … of an image, `count` of them, which stand in a plane from `at` on.
    public record Run(int first, int step, int at, int count) {
        int end() {
            return at + count;
        }
    }

    /// An element of the window, and where what it multiplies stands: in which plane, and how far behind the place.
    public record Tap(int element, int plane, int offset) {}

    /// From images to places: place v reads padded element v s + i for every element i of the window.
    ///
    /// @param size elements of an image
    /// @param places of the window
    /// @param move of the window
    public static PlaneAxis forward(int size, int places, Move move) {
        List<Tap> taps = new ArrayList<>();
        for (int i = 0; i < move.window; i++) {
            taps.add(new Tap(i, i % move.stride, i / move.stride));
        }
        return of(phases(size, move, 0), List.of(new Run(0, 1, 0, places)), List.of(taps));
    }

    /// From places back to images: padded element v s + a is met by places v − m through elements a + m s of the
    /// window.
    ///
    /// @param size elements of an image
    /// @param places of the window
    /// @param move of the window
    public static PlaneAxis backward(int size, int places, Move move) {
        int most = Math.ceilDiv(move.window, move.stride) - 1;
        int least = phases(size, move, 0).stream().mapToInt(Run::at).min().orElseThrow();
        List<List<Tap>> taps = new ArrayList<>();
        for (int a = 0; a < move.phases(); a++) {
            List<Tap> own = new ArrayList<>();
            for (int i = a; i < move.window; i += move.stride) {
                own.add(new Tap(i, 0, most - i / move.stride));
            }
            taps.add(own);
        }
        return of(List.of(new Run(0, 1, most - least, places)), phases(size, move, least), taps);
    }

    /// How a window moves along an axis.
    public record Move(int window, int stride, int padding) {
        int phases() {
            return Math.min(window, stride);
        }
    }

    private static List<Run> phases(int size, Move move, int origin) {
        List<Run> runs = new ArrayList<>();
        for (int a = 0; a < move.phases(); a++) {
            int from = Math.ceilDiv(move.padding - a, move.stride);
            int to = Math.floorDiv(size - 1 + move.padding - a, move.stride);
            int first = from * move.stride + a - move.padding;
            runs.add(new Run(first, move.stride, from - origin, Math.max(0, to - from + 1)));
        }
        return runs;
    }

    /// Rows may share their zeros: what a place reads behind its row are zeros before the next row's elements.
    private static PlaneAxis of(List<Run> in, List<Run> out, List<List<Tap>> taps) {
        int made = Integer.MIN_VALUE;
        for (Run run : out) {
            made = Math.max(made, run.end());
        }
        int reach = Integer.MIN_VALUE;
        for (List<Tap> own : taps) {
            for (Tap tap : own) {
                reach = Math.max(reach, tap.offset);
            }
        }
        int pitch = made;
        for (Run run : in) {
            pitch = Math.max(pitch, Math.max(run.end(), made + reach - run.at));
        }
        return new PlaneAxis(in, out, taps, pitch, reach, made);
    }
}
