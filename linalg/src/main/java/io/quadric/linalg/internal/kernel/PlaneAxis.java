package io.quadric.linalg.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/// One direction, down or across, of a correlation whose operands are kept in *planes*: rows with zeros between them,
/// so that the window moves by one place when the index moves by one, from the end of a row to the next row too.
///
/// With a stride s, elements whose padded indices are the same modulo s form a plane of their own, and the window moves
/// by s elements when the index in the plane moves by one. There are planes for those remainders only that an element
/// of the window meets.
///
/// @param in the runs that are read, one for each plane
/// @param out the runs that are computed, one for each phase
/// @param taps for each phase, the taps that it reads
/// @param pitch elements from one row to the next
/// @param reach how far beyond a place is read at most
/// @param made the end of what is computed
public record PlaneAxis(List<Run> in, List<Run> out, List<List<Tap>> taps, int pitch, int reach, int made) {
    /// Elements `first`, `first + step`, … of an image, `count` of them, kept in a plane from index `at` on.
    public record Run(int first, int step, int at, int count) {
        int end() {
            return at + count;
        }
    }

    /// An element of the window and where to find what it multiplies: in which plane, and how far beyond the place.
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
            int to = (int) Math.floorDiv(size - 1L + move.padding - a, (long) move.stride);
            int first = from * move.stride + a - move.padding;
            runs.add(new Run(first, move.stride, from - origin, Math.max(0, to - from + 1)));
        }
        return runs;
    }

    /// Rows share their zeros: what a place reads beyond the end of its row are the zeros before the elements of the
    /// next.
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
