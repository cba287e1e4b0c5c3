package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Window;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No product of sizes wraps around: what is too large for an array is refused.
class SizesTest {
    private static final Shape IMAGE = new Shape.Image(1, 8, 8);

    static Stream<Supplier<Layer>> tooLarge() {
        return Stream.of(
                () -> new PadChannelsLayer(67_108_865),
                () -> new PadChannelsLayer(Integer.MAX_VALUE),
                () -> new ConvolutionLayer(Integer.MAX_VALUE, new Window(3, 3, 1, 1), true),
                () -> new ConvolutionLayer(1 << 28, new Window(3, 3, 1, 1), true),
                () -> new ConvolutionLayer(4, new Window(Integer.MAX_VALUE, 3, 1, 1), true),
                () -> new MaxPoolingLayer(new Window(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, 0)),
                () -> new AveragePoolingLayer(new Window(Integer.MAX_VALUE, 1, 1, 0)));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void imagesThatNoArrayHoldsAreRefused(Supplier<Layer> layer) {
        assertThrows(IllegalArgumentException.class, () -> new Network(IMAGE, List.of(layer.get())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 16, 1 << 24, 1 << 29, 1 << 30, Integer.MAX_VALUE})
    void layersThatNoArrayHoldsAreRefused(int units) {
        Shape features = new Shape.Features(1 << 16);
        Shape sequence = new Shape.Sequence(1 << 4, 1 << 12);
        assertThrows(IllegalArgumentException.class,
                () -> new Network(features, List.of(new DenseLayer(units, true))));
        assertThrows(IllegalArgumentException.class,
                () -> new Network(sequence, List.of(new LstmLayer(units, SequenceOutput.ALL))));
        assertThrows(IllegalArgumentException.class,
                () -> new Network(sequence, List.of(new GruLayer(units, SequenceOutput.ALL, StateMemory.ALL_STEPS))));
    }

    @Test
    void theSumOfManyLayersIsRefused() {
        List<Layer> layers = List.of(new DenseLayer(40_000, true), new DenseLayer(40_000, true));
        String message = assertThrows(IllegalArgumentException.class,
                () -> new Network(new Shape.Features(40_000), layers)).getMessage();
        assertTrue(message.contains("parameters"), message);
    }

    @Test
    void shapesAreCheckedWithoutOverflow() {
        assertThrows(IllegalArgumentException.class, () -> new Shape.Image(1 << 16, 1 << 16, 1));
        assertThrows(IllegalArgumentException.class, () -> new Shape.Image(1 << 20, 1 << 20, 1 << 24));
        assertThrows(IllegalArgumentException.class, () -> new Shape.Sequence(1 << 16, 1 << 15));
        assertDoesNotThrow(() -> new Shape.Image(1 << 10, 1 << 10, 1 << 10));
        Window padded = new Window(Integer.MAX_VALUE, 1, 1, 1, Integer.MAX_VALUE - 1, 0);
        assertThrows(IllegalArgumentException.class, () -> padded.placesDown(5));
        assertEquals(Integer.MAX_VALUE, padded.placesDown(1));
    }
}
