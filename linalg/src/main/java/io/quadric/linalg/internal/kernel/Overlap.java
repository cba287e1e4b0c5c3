package io.quadric.linalg.internal.kernel;

/// The places of a window along one axis at which a certain pixel of the window lies within the image.
///
/// @param from the first place, inclusive
/// @param to the last place, exclusive
/// @param first the pixel of the image that it meets at place `from`
public record Overlap(int from, int to, int first) {
    /// For pixel `offset` of a window that moves by `stride`, at `places` places along an axis of `size` pixels.
    public static Overlap of(int offset, int stride, int padding, int size, int places) {
        int from = Math.min(places, Math.max(0, Math.ceilDiv(padding - offset, stride)));
        long last = Math.floorDiv(size - 1L + padding - offset, (long) stride);
        int to = Math.max(from, (int) Math.min(places, last + 1));
        return new Overlap(from, to, from * stride + offset - padding);
    }
}
