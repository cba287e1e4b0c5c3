package io.quadric.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.nn.DenseLayer;
import io.quadric.nn.Layer;
import io.quadric.nn.LstmLayer;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterSlice;
import io.quadric.nn.SequenceOutput;
import io.quadric.nn.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static List<List<String>> layers(Network network, int blocks) {
        return new Partition.Contiguous(blocks)
                .of(network).stream()
                .map(block -> block.stream().map(ParameterSlice::name).map(PartitionTest::layer).distinct()
                        .toList())
                .toList();
    }

    private static String layer(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    /// Zhang et al. (2017), §4.1: encoder and decoder.
    @Test
    void twoBlocksOfTheAutoencoderAreItsHalves() {
        List<Layer> layers = IntStream.of(1000, 500, 250, 30, 250, 500, 1000, 784)
                .mapToObj(units -> (Layer) new DenseLayer(units, true))
                .toList();
        Network network = new Network(new Shape.Features(784), layers);
        assertEquals(List.of(List.of("0", "1", "2", "3"), List.of("4", "5", "6", "7")), layers(network, 2));
    }

    /// §4.2: one block for each LSTM layer, the top one with the dense layer.
    @Test
    void threeBlocksOfTheStackedLstmAreItsLayers() {
        LstmLayer all = new LstmLayer(10, SequenceOutput.ALL);
        LstmLayer last = new LstmLayer(10, SequenceOutput.LAST);
        Network network = new Network(new Shape.Sequence(49, 1), List.of(all, all, last, new DenseLayer(10, true)));
        assertEquals(List.of(List.of("0"), List.of("1"), List.of("2", "3")), layers(network, 3));
    }
}
