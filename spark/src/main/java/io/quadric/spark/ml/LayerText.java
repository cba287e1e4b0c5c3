package io.quadric.spark.ml;

import io.quadric.nn.layer.Layer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Layers as text, as Java serialises them. What is read may hold the library's own types and plain values, and nothing
/// else.
final class LayerText {
    private static final String ALLOWED = "maxdepth=20;maxbytes=1000000;maxarray=100000;"
            + "io.quadric.**;java.lang.*;java.util.*;!*";

    private LayerText() {}

    static String of(List<Layer> layers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(layers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// @throws IllegalArgumentException if the text is not of layers
    static List<Layer> layers(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(ALLOWED));
            List<Layer> layers = new ArrayList<>();
            for (Object layer : (List<?>) in.readObject()) {
                layers.add((Layer) layer);
            }
            return List.copyOf(layers);
        } catch (IOException | ClassNotFoundException | ClassCastException e) {
            throw new IllegalArgumentException("no layers, expected those that were stored: " + e.getMessage(), e);
        }
    }
}
