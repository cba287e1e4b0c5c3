package io.quadric.engine.report;

import io.quadric.engine.file.OutputFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;

/// A picture of a table of positive numbers: the lower, the darker, by their logarithms; what is missing or not finite
/// is grey. The lowest has a frame.
///
/// @param title above
/// @param columns the horizontal axis: name and values
/// @param rows the vertical axis: name and values
/// @param numbers a row for each value of `rows`, in order; NaN where there is none
public record HeatMap(String title, Axis columns, Axis rows, double[][] numbers) {
    private static final int CELL = 84;
    private static final int LEFT = 130;
    private static final int TOP = 50;
    private static final int BOTTOM = 64;
    private static final int RIGHT = 40;
    private static final float FONT = 14;
    /// From low to high; the lightness rises steadily, so it can be read without colours.
    private static final int[] COLOURS = {0x30123B, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725};

    /// A direction.
    ///
    /// @param name of what changes
    /// @param values in order
    public record Axis(String name, List<String> values) {}

    /// Writes a PNG picture.
    ///
    /// @param file the path
    public void write(Path file) {
        int width = LEFT + CELL * columns.values().size() + RIGHT;
        int height = TOP + CELL * rows.values().size() + BOTTOM;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(FONT));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        cells(graphics);
        labels(graphics, width, height);
        graphics.dispose();
        OutputFile.write(file, out -> ImageIO.write(image, "png", out));
    }

    private void cells(Graphics2D graphics) {
        OptionalDouble least = finite().min();
        double low = Math.log(least.orElse(1));
        double high = Math.log(finite().max().orElse(1));
        for (int cell = 0; cell < rows.values().size() * columns.values().size(); cell++) {
            int row = cell / columns.values().size();
            int column = cell % columns.values().size();
            double number = numbers[row][column];
            int x = LEFT + CELL * column;
            int y = y(row);
            double share = high > low ? (Math.log(number) - low) / (high - low) : 0;
            graphics.setColor(isShown(number) ? colour(share) : Color.LIGHT_GRAY);
            graphics.fillRect(x, y, CELL, CELL);
            graphics.setColor(isShown(number) && share < 0.6 ? Color.WHITE : Color.BLACK);
            centred(graphics, isShown(number) ? Text.number(number) : "–", x + CELL / 2, y + CELL / 2);
            if (number == least.orElse(Double.NaN)) {
                graphics.setColor(Color.RED);
                graphics.setStroke(new BasicStroke(4));
                graphics.drawRect(x + 2, y + 2, CELL - 4, CELL - 4);
            }
        }
    }

    /// The first row is at the bottom.
    private int y(int row) {
        return TOP + CELL * (rows.values().size() - 1 - row);
    }

    private DoubleStream finite() {
        return Arrays.stream(numbers).flatMapToDouble(Arrays::stream).filter(HeatMap::isShown);
    }

    private static boolean isShown(double number) {
        return Double.isFinite(number) && number > 0;
    }

    private static Color colour(double share) {
        double place = share * (COLOURS.length - 1);
        int index = Math.min((int) place, COLOURS.length - 2);
        float part = (float) (place - index);
        float[] from = new Color(COLOURS[index]).getRGBColorComponents(null);
        float[] to = new Color(COLOURS[index + 1]).getRGBColorComponents(null);
        return new Color(
                from[0] + part * (to[0] - from[0]),
                from[1] + part * (to[1] - from[1]),
                from[2] + part * (to[2] - from[2]));
    }

    private void labels(Graphics2D graphics, int width, int height) {
        graphics.setColor(Color.BLACK);
        centred(graphics, title, width / 2, TOP / 2);
        for (int j = 0; j < columns.values().size(); j++) {
            centred(graphics, columns.values().get(j), LEFT + CELL * j + CELL / 2, height - BOTTOM + 16);
        }
        centred(graphics, columns.name(), LEFT + CELL * columns.values().size() / 2, height - BOTTOM + 42);
        for (int i = 0; i < rows.values().size(); i++) {
            centred(graphics, rows.values().get(i), LEFT - 36, y(i) + CELL / 2);
        }
        graphics.rotate(-Math.PI / 2);
        centred(graphics, rows.name(), -(TOP + CELL * rows.values().size() / 2), LEFT / 5);
        graphics.rotate(Math.PI / 2);
    }

    private static void centred(Graphics2D graphics, String text, int x, int y) {
        var metrics = graphics.getFontMetrics();
        graphics.drawString(text, x - metrics.stringWidth(text) / 2, y + metrics.getAscent() / 2 - 1);
    }
}
