package io.quadric.engine.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.JsonPart;
import io.quadric.linalg.Window;
import java.util.List;

/// Windows as three members of the layer that has them: `kernel`, `stride` and `padding`.
final class WindowJson {
    static final List<String> MEMBERS = List.of("kernel", "stride", "padding");

    private WindowJson() {}

    static Window read(JsonPart layer) {
        int[] kernel = layer.member("kernel").sizes(2);
        int[] stride = layer.optional("stride").map(p -> pair(p, 1)).orElse(new int[]{1, 1});
        int[] padding = layer.optional("padding").map(p -> pair(p, 0)).orElse(new int[]{0, 0});
        return new Window(kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1]);
    }

    /// A number for both directions, or [down, across].
    private static int[] pair(JsonPart part, int least) {
        if (!part.node().isArray()) {
            int both = part.size(least);
            return new int[]{both, both};
        }
        List<JsonPart> two = part.elements();
        if (two.size() != 2) {
            throw part.unexpected("a whole number or an array of 2");
        }
        return new int[]{two.get(0).size(least), two.get(1).size(least)};
    }

    static void write(Window window, ObjectNode layer) {
        layer.putArray("kernel").add(window.height()).add(window.width());
        layer.putArray("stride").add(window.strideDown()).add(window.strideAcross());
        layer.putArray("padding").add(window.padDown()).add(window.padAcross());
    }
}
