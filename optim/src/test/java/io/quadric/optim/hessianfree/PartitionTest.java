package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.Window;
import io.quadric.nn.Network;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static List<List<String>> layers(Network network, int blocks) {
        return layers(network, new Partition.Contiguous(blocks));
    }

    private static List<List<String>> layers(Network network, Partition partition) {
        return partition.of(network).stream()
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

    /// §4.3: one block for each residual block, the outer ones with the layers beside them.
    @Test
    void unitsOfTheResidualNetAreItsResidualBlocks() {
        Layer convolution = new ConvolutionLayer(2, new Window(3, 3, 1, 1, 1, 1), true);
        Layer residual = new ResidualLayer(List.of(convolution), List.of());
        Network network = new Network(
                new Shape.Image(2, 4, 4),
                List.of(convolution, residual, residual, residual, new FlattenLayer(), new DenseLayer(3, true)));
        assertEquals(
                List.of(List.of("0", "1"), List.of("2"), List.of("3", "5")), layers(network, new Partition.PerUnit()));
        assertEquals(
                List.of(List.of("0"), List.of("1"), List.of("2"), List.of("3"), List.of("5")),
                layers(network, new Partition.PerLayer()));
    }

    @Test
    void namedGroupsHaveEveryArrayOnce() {
        Network network = new Network(
                new Shape.Features(3), List.of(new DenseLayer(2, true), new DenseLayer(2, true)));
        var partition = new Partition.Groups(
                List.of(List.of("0.bias", "1.bias"), List.of("0.weight", "1.weight")));
        Set<List<String>> names = new HashSet<>();
        partition.of(network).forEach(block -> names.add(block.stream().map(ParameterSlice::name).toList()));
        assertEquals(Set.of(List.of("0.weight", "1.weight"), List.of("0.bias", "1.bias")), names);
        for (List<String> wrong : List.of(List.of("0", "0.bias"), List.of("0"), List.of("0", "1", "2"))) {
            var groups = new Partition.Groups(List.of(wrong, List.of()));
            assertThrows(IllegalArgumentException.class, () -> groups.of(network));
        }
    }

    @Test
    void groupsAreToldInWords() {
        Network network = new Network(
                new Shape.Features(3), List.of(new DenseLayer(2, true), new DenseLayer(2, true)));
        Optimizer method = HyperParameters.with(
                Optimizers.blockHessianFree(), Map.of("division", "named", "groups", "0/1.weight/1.bias"));
        assertEquals(
                List.of(List.of("0.weight", "0.bias"), List.of("1.weight"), List.of("1.bias")),
                ((BlockHessianFree) method).partition().of(network).stream()
                        .map(block -> block.stream().map(ParameterSlice::name).toList())
                        .toList());
        for (Map<String, String> wrong : List.of(
                Map.of("division", "named"),
                Map.of("groups", "0/1"))) {
            assertThrows(
                    IllegalArgumentException.class, () -> HyperParameters.with(Optimizers.blockHessianFree(), wrong));
        }
        for (String wrong : List.of("0", "0/0/1", "0/1/2", "0/1/", "0,1,")) {
            var named = new Partition.Divided(Partition.Divided.Division.NAMED, 2, wrong);
            assertThrows(IllegalArgumentException.class, () -> named.of(network), wrong);
        }
    }

    /// The published names of the blocks lead to the blocks of the published networks.
    @Test
    void thePresetsAreThePublishedBlocks() {
        LstmLayer all = new LstmLayer(10, SequenceOutput.ALL);
        LstmLayer last = new LstmLayer(10, SequenceOutput.LAST);
        Network network = new Network(new Shape.Sequence(49, 1), List.of(all, all, last, new DenseLayer(10, true)));
        assertEquals(
                List.of(List.of("0"), List.of("1"), List.of("2", "3")),
                layers(network, Optimizers.blockHessianFreeLstm().partition()));
        BlockHessianFree residual = (BlockHessianFree) Optimizers.blockHessianFreeResidual().optimizer();
        assertEquals(new Partition.Divided(Partition.Divided.Division.UNIT, 3), residual.partition());
    }
}
