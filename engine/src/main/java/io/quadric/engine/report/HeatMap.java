package io.quadric.engine.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

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
        Canvas canvas = Canvas.of(width, height);
        cells(canvas);
        labels(canvas, width, height);
        canvas.write(file);
    }

    private void cells(Canvas canvas) {
        Graphics2D graphics = canvas.graphics();
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
            graphics.setColor(isShown(number) ? ColourScale.at(share) : Color.LIGHT_GRAY);
            graphics.fillRect(x, y, CELL, CELL);
            graphics.setColor(isShown(number) && share < 0.6 ? Color.WHITE : Color.BLACK);
            canvas.centred(isShown(number) ? Text.number(number) : "–", x + CELL / 2, y + CELL / 2);
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

    private void labels(Canvas canvas, int width, int height) {
        canvas.graphics().setColor(Color.BLACK);
        canvas.centred(title, width / 2, TOP / 2);
        for (int j = 0; j < columns.values().size(); j++) {
            canvas.centred(columns.values().get(j), LEFT + CELL * j + CELL / 2, height - BOTTOM + 16);
        }
        canvas.centred(columns.name(), LEFT + CELL * columns.values().size() / 2, height - BOTTOM + 42);
        for (int i = 0; i < rows.values().size(); i++) {
            canvas.centred(rows.values().get(i), LEFT - 36, y(i) + CELL / 2);
        }
        canvas.upwards(rows.name(), LEFT / 5, TOP + CELL * rows.values().size() / 2);
    }
}
