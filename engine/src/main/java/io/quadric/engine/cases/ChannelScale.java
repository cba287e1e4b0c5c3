package io.quadric.engine.cases;

import io.quadric.engine.prepare.AffineMap;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Scales the channels of images, each by one affine map of all its pixels.
///
/// @param image one case
/// @param channels the map of each
public record ChannelScale(Shape.Image image, List<AffineMap> channels) implements InputMap {
    private static final int BLOCK = 1 << 20;

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there is not one map for each channel
    public ChannelScale {
        channels = List.copyOf(channels);
        if (channels.size() != image.channels()) {
            throw new IllegalArgumentException(channels.size() + " maps for the channels of an " + image);
        }
    }

    /// {@return the scale that gives each channel of the cases the mean 0 and the standard deviation 1 over all its
    /// pixels}; a channel that is constant becomes 0.
    ///
    /// @param cases images to train on
    /// @param image one of them
    public static ChannelScale standardising(Cases cases, Shape.Image image) {
        double[] means = sums(cases, image, new double[image.channels()], 1);
        double[] squares = sums(cases, image, means, 2);
        List<AffineMap> channels = new ArrayList<>();
        for (int c = 0; c < means.length; c++) {
            double deviation = Math.sqrt(squares[c]);
            channels.add(new AffineMap(means[c], 1 / deviation < Double.MAX_VALUE ? 1 / deviation : 1));
        }
        return new ChannelScale(image, channels);
    }

    /// The mean of (x − shift)ᵖ over all pixels of each channel.
    private static double[] sums(Cases cases, Shape.Image image, double[] shifts, int p) {
        double[] sums = new double[image.channels()];
        for (Batch batch : cases.blocks(Math.clamp(BLOCK / image.size(), 1, BLOCK))) {
            for (int i = 0; i < batch.cases(); i++) {
                double[] row = batch.inputs().row(i).toArray();
                for (int j = 0; j < row.length; j++) {
                    int channel = j / (image.height() * image.width());
                    double x = row[j] - shifts[channel];
                    sums[channel] += p == 1 ? x : x * x;
                }
            }
        }
        double pixels = (double) cases.cases() * image.height() * image.width();
        for (int c = 0; c < sums.length; c++) {
            sums[c] /= pixels;
        }
        return sums;
    }

    /// {@return the map of each pixel, channel by channel}
    public List<AffineMap> pixels() {
        int pixels = image.height() * image.width();
        return channels.stream().flatMap(map -> Collections.nCopies(pixels, map).stream()).toList();
    }

    @Override
    public int width() {
        return image.size();
    }

    @Override
    public void apply(Matrix from, Matrix to) {
        int pixels = image.height() * image.width();
        for (int i = 0; i < from.rows(); i++) {
            for (int c = 0; c < channels.size(); c++) {
                apply(channels.get(c), from.row(i).slice(c * pixels, (c + 1) * pixels), to.row(i).slice(c * pixels,
                        (c + 1) * pixels));
            }
        }
    }

    /// In wide numbers, as a model scales rows.
    private static void apply(AffineMap map, Vector from, Vector to) {
        int count = from.size();
        switch (from.precision()) {
            case FLOAT32 -> {
                float[] x = from.floats();
                float[] y = to.floats();
                for (int j = 0; j < count; j++) {
                    y[to.offset() + j] = (float) map.apply(x[from.offset() + j]);
                }
            }
            case FLOAT64 -> {
                double[] x = from.doubles();
                double[] y = to.doubles();
                for (int j = 0; j < count; j++) {
                    y[to.offset() + j] = map.apply(x[from.offset() + j]);
                }
            }
        }
    }
}
