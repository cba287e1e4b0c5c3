package io.quadric.engine.data;

import io.quadric.engine.file.Input;
import java.nio.file.Path;

/// Files of text, or the standard input.
final class TextFiles {
    private TextFiles() {}

    static Input input(Path file) {
        return file.toString().equals(Input.STANDARD) ? Input.standard() : Input.of(file);
    }
}
