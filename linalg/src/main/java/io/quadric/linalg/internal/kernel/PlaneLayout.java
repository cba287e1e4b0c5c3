package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Window;
import io.quadric.linalg.internal.kernel.PlaneAxis.Move;
import io.quadric.linalg.internal.kernel.PlaneAxis.Run;
import io.quadric.linalg.internal.kernel.PlaneAxis.Tap;
import java.util.List;

/// Where everything is kept in a correlation of some images: the planes that are read, channel after channel, each with
/// all images; and the grid that is computed, in which every channel has one element for each place in a plane.
///
/// @param down rows
/// @param across columns
/// @param source images that are read
/// @param target images that are computed
/// @param images how many
/// @param tile elements of a grid that are computed at once
public record PlaneLayout(PlaneAxis down, PlaneAxis across, Extent source, Extent target, int images, int tile) {
    /// Sizes of an image.
    public record Extent(int channels, int height, int width) {}

    /// From images to places.
    public static PlaneLayout forward(PatchGeometry at, int outputs, int images, int tile) {
        return new PlaneLayout(
                PlaneAxis.forward(at.height(), at.placesDown(), down(at.window())),
                PlaneAxis.forward(at.width(), at.placesAcross(), across(at.window())),
                images(at),
                places(at, outputs),
                images,
                tile);
    }

    /// From places back to images.
    public static PlaneLayout backward(PatchGeometry at, int outputs, int images, int tile) {
        return new PlaneLayout(
                PlaneAxis.backward(at.height(), at.placesDown(), down(at.window())),
                PlaneAxis.backward(at.width(), at.placesAcross(), across(at.window())),
                places(at, outputs),
                images(at),
                images,
                tile);
    }

    private static Move down(Window w) {
        return new Move(w.height(), w.strideDown(), w.padDown());
    }

    private static Move across(Window w) {
        return new Move(w.width(), w.strideAcross(), w.padAcross());
    }

    private static Extent images(PatchGeometry at) {
        return new Extent(at.channels(), at.height(), at.width());
    }

    private static Extent places(PatchGeometry at, int outputs) {
        return new Extent(outputs, at.placesDown(), at.placesAcross());
    }

    public PlaneLayout with(int count) {
        return new PlaneLayout(down, across, source, target, count, tile);
    }

    /// Elements of a plane from one image to the next.
    public int imagePitch() {
        return down.pitch() * across.pitch();
    }

    /// Planes of a channel.
    public int planesOfAChannel() {
        return down.in().size() * across.in().size();
    }

    public Run downPlane(int plane) {
        return down.in().get(plane / across.in().size());
    }

    public Run acrossPlane(int plane) {
        return across.in().get(plane % across.in().size());
    }

    /// Elements of a row of the grid: whole tiles.
    public int gridLength() {
        int made = (images - 1) * imagePitch() + (down.made() - 1) * across.pitch() + across.made();
        return Math.ceilDiv(made, tile) * tile;
    }

    /// Elements of a plane: all that is read for the grid, with zeros where there is no image.
    public int planeLength() {
        return Math.max(gridLength(), images * imagePitch()) + down.reach() * across.pitch() + across.reach();
    }

    /// Elements from one channel's planes to the next channel's.
    public int channelPitch() {
        return planesOfAChannel() * planeLength();
    }

    /// Elements of all planes.
    public int planesSize() {
        return Math.multiplyExact(source.channels(), channelPitch());
    }

    /// Whether some elements of an image are computed in no phase, because no window meets them.
    public boolean leavesGaps() {
        return covered(down) < target.height() || covered(across) < target.width();
    }

    private static int covered(PlaneAxis axis) {
        int covered = 0;
        for (Run run : axis.out()) {
            covered += run.count();
        }
        return covered;
    }

    private int windowWidth() {
        int width = 0;
        for (List<Tap> own : across.taps()) {
            width += own.size();
        }
        return width;
    }

    /// The number of parts in which the result is computed, one after the other.
    public int phases() {
        return down.out().size() * across.out().size();
    }

    public Run downRun(int phase) {
        return down.out().get(phase / across.out().size());
    }

    public Run acrossRun(int phase) {
        return across.out().get(phase % across.out().size());
    }

    private List<Tap> downTaps(int phase) {
        return down.taps().get(phase / across.out().size());
    }

    private List<Tap> acrossTaps(int phase) {
        return across.taps().get(phase % across.out().size());
    }

    /// For each channel and tap of a phase, the index of the element that is read for place 0.
    public int[] offsets(int phase) {
        List<Tap> columns = acrossTaps(phase);
        int taps = downTaps(phase).size() * columns.size();
        int[] offsets = new int[source.channels() * taps];
        int t = 0;
        for (Tap i : downTaps(phase)) {
            for (Tap j : columns) {
                int plane = i.plane() * across.in().size() + j.plane();
                offsets[t++] = plane * planeLength() + i.offset() * across.pitch() + j.offset();
            }
        }
        for (int k = taps; k < offsets.length; k++) {
            offsets[k] = offsets[k - taps] + channelPitch();
        }
        return offsets;
    }

    /// For each tap of a phase, which element of the window it is.
    public int[] elements(int phase) {
        List<Tap> columns = acrossTaps(phase);
        int[] elements = new int[downTaps(phase).size() * columns.size()];
        int t = 0;
        for (Tap i : downTaps(phase)) {
            for (Tap j : columns) {
                elements[t++] = i.element() * windowWidth() + j.element();
            }
        }
        return elements;
    }
}
