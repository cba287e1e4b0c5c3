package io.quadric.engine.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quadric.engine.file.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Says which file a command has written.
public final class FileReport {
    private FileReport() {}

    public static void print(PrintWriter out, boolean json, String kind, Path file) {
        long bytes = bytes(file);
        if (json) {
            out.println(JsonNodeFactory.instance.objectNode().put("out", file.toString()).put("format", kind)
                    .put("bytes", bytes));
        } else {
            out.println(String.format(Locale.ROOT, "%s  %s  %,d bytes", kind, file, bytes));
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
    }
}
