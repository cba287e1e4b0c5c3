package io.quadric.engine.report;

import io.quadric.linalg.Matrix;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A picture of square matrices of one order side by side: a square for the size of each entry, the lower, the darker,
/// on one logarithmic scale of [#DECADES] powers of ten below the largest entry of all; what is below is as dark as the
/// lowest, what is not finite is grey. The first row is above, the first column to the left.
///
/// @param title above
/// @param axis what the rows and columns are, counted from 1
/// @param panels from left to right, at least one
public record MatrixPicture(String title, String axis, List<Panel> panels) {
    /// Powers of ten that the colours tell apart.
    public static final int DECADES = 4;

    private static final int LEFT = 60;
    private static final int TOP = 76;
    private static final int BOTTOM = 50;
    private static final int GAP = 24;
    private static final int LEGEND = 130;
    /// Sides are about as long as this, in pixels, unless there are more entries.
    private static final int SIDE = 330;

    /// A matrix.
    ///
    /// @param name above
    /// @param entries n × n
    public record Panel(String name, Matrix entries) {}

    /// Checks the orders.
    ///
    /// @throws IllegalArgumentException if there is no panel, or one differs in order
    public MatrixPicture {
        panels = List.copyOf(panels);
        if (panels.stream().map(panel -> panel.entries.shape()).distinct().count() != 1) {
            throw new IllegalArgumentException(
                    "matrices of one order expected, got " + panels.stream().map(p -> p.entries.shape()).toList());
        }
    }

    /// Writes a PNG picture.
    ///
    /// @param file the path
    public void write(Path file) {
        int n = panels.getFirst().entries().rows();
        int zoom = Math.max(1, SIDE / n);
        int side = zoom * n;
        int width = LEFT + panels.size() * (side + GAP) + LEGEND;
        Canvas canvas = Canvas.of(width, TOP + side + BOTTOM);
        double top = largest();
        ColourScale scale = new ColourScale(top * Math.pow(10, -DECADES), top);
        for (int i = 0; i < panels.size(); i++) {
            entries(canvas, panels.get(i).entries(), LEFT + i * (side + GAP), zoom, scale);
        }
        canvas.graphics().setColor(Color.BLACK);
        canvas.centred(title, width / 2, 20);
        for (int i = 0; i < panels.size(); i++) {
            int x = LEFT + i * (side + GAP);
            canvas.centred(panels.get(i).name(), x + side / 2, 56);
            canvas.centred("1", x + 5, TOP + side + 14);
            canvas.centred(axis, x + side / 2, TOP + side + 32);
            canvas.centred(Integer.toString(n), x + side - 12, TOP + side + 14);
        }
        canvas.upwards(axis, 20, TOP + side / 2);
        canvas.centred("1", 46, TOP + 6);
        canvas.centred(Integer.toString(n), 42, TOP + side - 8);
        scale.legend(canvas, LEFT + panels.size() * (side + GAP), TOP, side);
        canvas.write(file);
    }

    /// Of the finite entries, in size; 1 if they are all 0.
    private double largest() {
        double largest = panels.stream()
                .flatMapToDouble(panel -> Arrays.stream(panel.entries().toDoubleArray()))
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        return largest > 0 ? largest : 1;
    }

    private static void entries(Canvas canvas, Matrix entries, int left, int zoom, ColourScale scale) {
        for (int i = 0; i < entries.rows(); i++) {
            for (int j = 0; j < entries.columns(); j++) {
                canvas.graphics().setColor(scale.colour(Math.abs(entries.get(i, j))));
                canvas.graphics().fillRect(left + j * zoom, TOP + i * zoom, zoom, zoom);
            }
        }
    }
}
