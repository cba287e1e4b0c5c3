package io.quadric.engine.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.image.ImageRules.Colours;
import io.quadric.nn.layer.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path temp;

    /// Three pixels wide, two high; pixel k of channel c is 40 k + 7 c.
    private Path write(String name, int type, String format) throws IOException {
        BufferedImage image = new BufferedImage(3, 2, type);
        int channels = image.getRaster().getNumBands();
        for (int k = 0; k < 6; k++) {
            for (int c = 0; c < channels; c++) {
                image.getRaster().setSample(k % 3, k / 3, c, 40 * k + 7 * c);
            }
        }
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, format, file.toFile()));
        return file;
    }

    private static int[] unsigned(byte[] pixels, int from, int to) {
        int[] values = new int[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = pixels[i] & 0xff;
        }
        return values;
    }

    @Test
    void greyImagesKeepTheirSamples() throws IOException {
        write("cat/b.png", BufferedImage.TYPE_BYTE_GRAY, "png");
        write("cat/a.PNG", BufferedImage.TYPE_USHORT_GRAY, "png");
        write("ant/c.png", BufferedImage.TYPE_BYTE_GRAY, "png");
        Files.createDirectory(temp.resolve(".hidden"));
        Files.writeString(temp.resolve("cat/remarks.txt"), "none");
        assertTrue(ImageFolder.isOne(temp));
        Images images = ImageFolder.read(temp, ImageRules.checked());
        assertEquals(new Shape.Image(1, 2, 3), images.shape());
        assertEquals(List.of("ant", "cat"), images.classes());
        assertArrayEquals(new int[]{0, 1, 1}, images.labels());
        assertArrayEquals(new int[]{0, 40, 80, 120, 160, 200}, unsigned(images.pixels(), 0, 6));
        assertArrayEquals(new int[]{0, 0, 0, 0, 0, 0}, unsigned(images.pixels(), 6, 12));
        assertArrayEquals(new int[]{0, 40, 80, 120, 160, 200}, unsigned(images.pixels(), 12, 18));
    }

    @Test
    void coloursBecomeThreePlanesOrTheirLuma() throws IOException {
        write("a/x.png", BufferedImage.TYPE_3BYTE_BGR, "png");
        write("b/y.png", BufferedImage.TYPE_BYTE_GRAY, "png");
        Images images = ImageFolder.read(temp, ImageRules.checked());
        assertEquals(new Shape.Image(3, 2, 3), images.shape());
        for (int c = 0; c < 3; c++) {
            int shift = 7 * c;
            assertArrayEquals(Arrays.stream(new int[]{0, 40, 80, 120, 160, 200}).map(x -> x + shift).toArray(),
                    unsigned(images.pixels(), 6 * c, 6 * c + 6));
            assertArrayEquals(new int[]{0, 40, 80, 120, 160, 200}, unsigned(images.pixels(), 18 + 6 * c, 24 + 6 * c));
        }
        Images grey = ImageFolder.read(temp, ImageRules.checked().withColours(Colours.GREY));
        assertEquals(Math.round(0.299 * 40 + 0.587 * 47 + 0.114 * 54), grey.pixels()[1] & 0xff);
    }

    /// Every part of a PNG file has a checksum.
    @Test
    void everyChangedBitOfAPngIsSeenOrHarmless() throws IOException {
        Path file = write("a/x.png", BufferedImage.TYPE_3BYTE_BGR, "png");
        byte[] whole = Files.readAllBytes(file);
        byte[] expected = ImageFolder.read(temp, ImageRules.checked()).pixels();
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, changed);
            try {
                assertArrayEquals(expected, ImageFolder.read(temp, ImageRules.checked()).pixels(), "bit " + bit);
            } catch (InputException e) {
                assertTrue(e.getMessage().contains("x.png"), e::getMessage);
            }
        }
    }

    @Test
    void jpegsAreReadAndImagesScaled() throws IOException {
        write("a/x.jpg", BufferedImage.TYPE_BYTE_GRAY, "jpg");
        write("a/y.jpeg", BufferedImage.TYPE_3BYTE_BGR, "jpg");
        Images images = ImageFolder.read(temp, ImageRules.checked().withSize(4, 6).withColours(Colours.RGB));
        assertEquals(new Shape.Image(3, 4, 6), images.shape());
        assertEquals(2 * 72, images.pixels().length);
        assertTrue((images.pixels()[0] & 0xff) < 60 && (images.pixels()[23] & 0xff) > 150);
    }

    @Test
    void imagesThatDifferAndFilesThatAreNoneAreNamed() throws IOException {
        refused(temp, "no images, expected a folder for each class");
        write("a/x.png", BufferedImage.TYPE_BYTE_GRAY, "png");
        Path colours = write("b/y.png", BufferedImage.TYPE_3BYTE_BGR, "png");
        refused(colours, "an image in colours, expected grey as the first one");
        Files.delete(colours);
        Path other = temp.resolve("b/y.png");
        ImageIO.write(new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY), "png", other.toFile());
        refused(other, "an image of 3 × 3, expected 2 × 3 as the first one");
        byte[] whole = Files.readAllBytes(temp.resolve("a/x.png"));
        for (int length = 0; length < whole.length - 16; length++) {
            Files.write(other, Arrays.copyOf(whole, length));
            refused(other, "image");
        }
        String message = assertThrows(InputException.class,
                () -> ImageFolder.read(temp, ImageRules.checked(), List.of("a", "c"))).getMessage();
        assertTrue(message.startsWith(temp.resolve("b") + ": no class 'b'"), message);
        assertFalse(ImageFolder.isOne(temp.resolve("a")));
        refused(temp.resolve("nowhere"), "no such folder");
    }

    /// The header of a PNG file says 60,000 × 60,000.
    @Test
    void sizesBeyondTheBytesOfAFileAreRefused() throws IOException {
        Path file = write("a/x.png", BufferedImage.TYPE_BYTE_GRAY, "png");
        for (int size : new int[]{60_000, 4_000}) {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer.wrap(bytes).putInt(16, size).putInt(20, size);
            CRC32 sum = new CRC32();
            sum.update(bytes, 12, 17);
            ByteBuffer.wrap(bytes).putInt(29, (int) sum.getValue());
            Files.write(file, bytes);
            refused(file, "an image of " + size + " × " + size + " in ");
        }
    }

    private void refused(Path place, String complaint) {
        Path folder = place.startsWith(temp) && Files.isRegularFile(place) ? temp : place;
        String message = assertThrows(InputException.class, () -> ImageFolder.read(folder, ImageRules.checked()))
                .getMessage();
        assertTrue(message.startsWith(place.toString()) && message.contains(complaint), message);
    }
}
