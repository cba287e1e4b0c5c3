package io.quadric.engine.report;

import io.quadric.engine.file.OutputFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Pictures as PNG files.
final class PngFile {
    private PngFile() {}

    /// Writes a picture; it replaces an older one. The bytes go through memory: the files through which ImageIO writes
    /// otherwise are registered for removal at the end of the process, which is refused in a run that was interrupted.
    static void write(Path file, BufferedImage image) {
        OutputFile.write(file, out -> {
            try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                ImageIO.write(image, "png", stream);
            }
        });
    }
}
