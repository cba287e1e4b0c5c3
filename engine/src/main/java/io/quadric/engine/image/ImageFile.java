package io.quadric.engine.image;

import io.quadric.engine.InputException;
import io.quadric.engine.file.NamedPipe;
import io.quadric.engine.image.ImageRules.Size;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// An image as it comes from a PNG or JPEG file.
final class ImageFile {
    static final int LONGEST = 4096;

    /// Deflate makes at most 1,032 bytes of one.
    private static final long RATIO = 1100;

    private final BufferedImage image;

    private ImageFile(BufferedImage image) {
        this.image = image;
    }

    /// Reads a file. Its size is looked at before pixels are decoded.
    static ImageFile read(Path file) {
        try {
            return decode(Files.readAllBytes(NamedPipe.refused(file)));
        } catch (InputException e) {
            throw e.at(file.toString());
        } catch (IOException | RuntimeException e) {
            throw new InputException(file + ": damaged, or no PNG or JPEG image (" + e.getMessage() + ")");
        }
    }

    private static ImageFile decode(byte[] bytes) throws IOException {
        PngChunks.check(bytes);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new InputException("no PNG or JPEG image");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                int height = reader.getHeight(0);
                int width = reader.getWidth(0);
                if (Math.max(height, width) > LONGEST || (long) height * width > RATIO * 8 * bytes.length) {
                    throw new InputException("an image of " + height + " × " + width + " in " + bytes.length
                            + " bytes, expected at most " + LONGEST + " × " + LONGEST + " and more bytes");
                }
                return new ImageFile(reader.read(0));
            } finally {
                reader.dispose();
            }
        }
    }

    Size size() {
        return new Size(image.getHeight(), image.getWidth());
    }

    /// Whether there is a single channel of brightness.
    boolean isGrey() {
        return image.getColorModel().getNumColorComponents() == 1 && !isIndexed();
    }

    private boolean isIndexed() {
        return image.getColorModel() instanceof IndexColorModel;
    }

    /// Scaled by bilinear interpolation.
    ImageFile scaled(Size to) {
        if (to.equals(size())) {
            return this;
        }
        int type = isGrey() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage scaled = new BufferedImage(to.width(), to.height(), type);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, to.width(), to.height(), null);
        graphics.dispose();
        return new ImageFile(scaled);
    }

    /// The pixels, row by row, one channel after the other.
    byte[] pixels(boolean grey) {
        int size = image.getWidth() * image.getHeight();
        byte[] pixels = new byte[grey ? size : 3 * size];
        for (int at = 0; at < size; at++) {
            int colour = isGrey()
                    ? 0x010101 * brightness(at)
                    : image.getRGB(at % image.getWidth(), at / image.getWidth());
            int red = colour >> 16 & 0xff;
            int green = colour >> 8 & 0xff;
            int blue = colour & 0xff;
            if (grey) {
                pixels[at] = (byte) Math.round((299 * red + 587 * green + 114 * blue) / 1000.0);
            } else {
                pixels[at] = (byte) red;
                pixels[size + at] = (byte) green;
                pixels[2 * size + at] = (byte) blue;
            }
        }
        return pixels;
    }

    /// The sample itself, of 16 bits the upper eight: a conversion to colours would change its gamma.
    private int brightness(int at) {
        Raster raster = image.getRaster();
        int bits = raster.getSampleModel().getSampleSize(0);
        int sample = raster.getSample(at % image.getWidth(), at / image.getWidth(), 0);
        return bits > 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }
}
