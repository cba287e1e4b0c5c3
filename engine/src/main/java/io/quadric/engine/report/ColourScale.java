package io.quadric.engine.report;

import java.awt.Color;

/// Colours of positive numbers by their logarithms, from dark for low to light for high.
///
/// @param low this and everything below is the darkest
/// @param high this and everything above is the lightest
record ColourScale(double low, double high) {
    /// From low to high; the lightness rises steadily, so it can be read without colours.
    private static final int[] COLOURS = {0x30123B, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725};
    private static final int LEGEND_WIDTH = 24;
    private static final int LABELS = 4;

    /// {@return the colour at a place of the scale}
    ///
    /// @param share 0 … 1
    static Color at(double share) {
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

    /// {@return the place of a number on the scale, 0 … 1}
    double share(double number) {
        return high > low ? Math.clamp(Math.log(number / low) / Math.log(high / low), 0, 1) : 0;
    }

    /// {@return the number at a place of the scale}
    double number(double share) {
        return low * Math.pow(high / low, share);
    }

    /// {@return the colour of a number}; grey if it is not finite.
    Color colour(double number) {
        return Double.isFinite(number) ? at(share(number)) : Color.LIGHT_GRAY;
    }

    /// Draws the scale as a bar with numbers to the right.
    ///
    /// @param x left edge
    /// @param y upper edge
    /// @param height in pixels
    void legend(Canvas canvas, int x, int y, int height) {
        for (int line = 0; line < height; line++) {
            canvas.graphics().setColor(at((height - 1 - line) / (double) (height - 1)));
            canvas.graphics().fillRect(x, y + line, LEGEND_WIDTH, 1);
        }
        canvas.graphics().setColor(Color.BLACK);
        for (int label = 0; label <= LABELS; label++) {
            double share = label / (double) LABELS;
            canvas.graphics().drawString(
                    Text.number(number(share)), x + LEGEND_WIDTH + 6, y + (int) ((1 - share) * (height - 1)) + 5);
        }
    }
}
