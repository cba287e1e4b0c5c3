package io.quadric.engine.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/// A white picture to draw on.
///
/// @param image the pixels
/// @param graphics draws on them
record Canvas(BufferedImage image, Graphics2D graphics) {
    private static final float FONT = 14;

    /// {@return a picture of a size in pixels}
    static Canvas of(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(FONT));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        return new Canvas(image, graphics);
    }

    /// Draws a text around a point.
    void centred(String text, int x, int y) {
        var metrics = graphics.getFontMetrics();
        graphics.drawString(text, x - metrics.stringWidth(text) / 2, y + metrics.getAscent() / 2 - 1);
    }

    /// Draws a text around a point, to be read from below to above.
    void upwards(String text, int x, int y) {
        graphics.rotate(-Math.PI / 2);
        centred(text, -y, x);
        graphics.rotate(Math.PI / 2);
    }

    /// Writes a PNG picture; nothing is drawn afterwards.
    void write(Path file) {
        graphics.dispose();
        PngFile.write(file, image);
    }
}
