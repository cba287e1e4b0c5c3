package io.quadric.engine.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// A picture of a positive function over a rectangle, known on a grid: bands of one colour between contours that are
/// equal ratios apart, the lower, the darker, with numbers between the grid's by bilinear interpolation of logarithms;
/// where one of the four around is missing, not finite or not positive, it is grey.
///
/// @param title above
/// @param across the horizontal axis: name and values
/// @param up the vertical axis: name and values, from below
/// @param values a row for each value of `up`, in order
/// @param marks points with their names
public record SurfacePicture(String title, Axis across, Axis up, double[][] values, List<Mark> marks) {
    /// Bands from the lowest value to the highest.
    public static final int BANDS = 20;

    private static final int SIDE = 560;
    private static final int LEFT = 90;
    private static final int TOP = 50;
    private static final int BOTTOM = 64;
    private static final int RIGHT = 140;
    private static final int DOT = 11;

    /// A direction.
    ///
    /// @param name of what changes
    /// @param ticks values of the grid, ascending, at least two at equal distances
    public record Axis(String name, double[] ticks) {
        private double low() {
            return ticks[0];
        }

        private double high() {
            return ticks[ticks.length - 1];
        }

        /// The place of a value: 0 at the first tick, 1 at the last.
        private double share(double value) {
            return (value - low()) / (high() - low());
        }
    }

    /// A point.
    ///
    /// @param name beside it
    /// @param x on the horizontal axis
    /// @param y on the vertical axis
    public record Mark(String name, double x, double y) {}

    /// Writes a PNG picture.
    ///
    /// @param file the path
    public void write(Path file) {
        Canvas canvas = Canvas.of(LEFT + SIDE + RIGHT, TOP + SIDE + BOTTOM);
        double low = shown().min().orElse(1);
        ColourScale scale = new ColourScale(low, Math.max(low * (1 + 1e-12), shown().max().orElse(1)));
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                double value = at((j + 0.5) / SIDE, (i + 0.5) / SIDE);
                canvas.image().setRGB(LEFT + j, TOP + SIDE - 1 - i, colour(value, scale).getRGB());
            }
        }
        scale.legend(canvas, LEFT + SIDE + 24, TOP, SIDE);
        labels(canvas);
        marks.forEach(mark -> draw(mark, canvas));
        canvas.write(file);
    }

    /// {@return the interpolated value}, NaN where there is none
    ///
    /// @param x 0 … 1 from left to right
    /// @param y 0 … 1 from below to above
    double at(double x, double y) {
        int columns = across.ticks().length - 1;
        int rows = up.ticks().length - 1;
        int column = Math.clamp((int) (x * columns), 0, columns - 1);
        int row = Math.clamp((int) (y * rows), 0, rows - 1);
        double right = x * columns - column;
        double above = y * rows - row;
        double lower = between(values[row][column], values[row][column + 1], right);
        double upper = between(values[row + 1][column], values[row + 1][column + 1], right);
        return between(lower, upper, above);
    }

    /// The value whose logarithm is between those of two values.
    private static double between(double from, double to, double share) {
        return Math.exp((1 - share) * Math.log(from) + share * Math.log(to));
    }

    /// That of the middle of its band.
    private static Color colour(double value, ColourScale scale) {
        if (!isShown(value)) {
            return Color.LIGHT_GRAY;
        }
        int band = Math.min(BANDS - 1, (int) (scale.share(value) * BANDS));
        return ColourScale.at((band + 0.5) / BANDS);
    }

    private DoubleStream shown() {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(SurfacePicture::isShown);
    }

    private static boolean isShown(double value) {
        return Double.isFinite(value) && value > 0;
    }

    private void labels(Canvas canvas) {
        canvas.graphics().setColor(Color.BLACK);
        canvas.centred(title, LEFT + SIDE / 2, TOP / 2);
        for (int tick = 0; tick <= 4; tick++) {
            double share = tick / 4.0;
            int place = (int) (share * SIDE);
            canvas.centred(Text.number(across.low() + share * (across.high() - across.low())), LEFT + place,
                    TOP + SIDE + 16);
            canvas.centred(Text.number(up.low() + share * (up.high() - up.low())), LEFT - 34, TOP + SIDE - place);
        }
        canvas.centred(across.name(), LEFT + SIDE / 2, TOP + SIDE + 42);
        canvas.upwards(up.name(), 16, TOP + SIDE / 2);
    }

    private void draw(Mark mark, Canvas canvas) {
        int x = LEFT + (int) (across.share(mark.x()) * SIDE);
        int y = TOP + SIDE - (int) (up.share(mark.y()) * SIDE);
        canvas.graphics().setColor(Color.RED);
        canvas.graphics().fillOval(x - DOT / 2, y - DOT / 2, DOT, DOT);
        canvas.graphics().setColor(Color.WHITE);
        canvas.graphics().setStroke(new BasicStroke(2));
        canvas.graphics().drawOval(x - DOT / 2, y - DOT / 2, DOT, DOT);
        int half = canvas.graphics().getFontMetrics().stringWidth(mark.name()) / 2;
        canvas.graphics().fillRect(x + DOT, y - DOT - 1, 2 * half + 8, 2 * DOT);
        canvas.graphics().setColor(Color.BLACK);
        canvas.centred(mark.name(), x + DOT + half + 4, y);
    }
}
