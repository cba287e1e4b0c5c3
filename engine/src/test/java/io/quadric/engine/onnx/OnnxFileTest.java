package io.quadric.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.quadric.engine.InputException;
import io.quadric.engine.proto.ProtoMessage;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Inputs;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.ElementwiseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.verify.RandomNetworks;
import io.quadric.verify.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// onnxruntime is the independent implementation.
class OnnxFileTest {
    private static final int NETWORKS = 200;

    /// A network that can be exported: all its layers are registered here, and not by an extension.
    private static boolean isExportable(Network network) {
        return network.layers().stream().allMatch(OnnxFileTest::isExportable);
    }

    private static boolean isExportable(Layer layer) {
        return layer.getClass().getPackageName().startsWith("io.quadric.nn")
                && layer.paths().stream().flatMap(List::stream).allMatch(OnnxFileTest::isExportable);
    }

    private static void collect(List<Layer> layers, Set<Class<?>> kinds) {
        layers.forEach(layer -> {
            kinds.add(layer.getClass());
            layer.paths().forEach(path -> collect(path, kinds));
        });
    }

    private static long[] shape(Shape shape, int cases) {
        return switch (shape) {
            case Shape.Features f -> new long[]{cases, f.size()};
            case Shape.Sequence s -> new long[]{cases, s.length(), s.features()};
            case Shape.Image i -> new long[]{cases, i.channels(), i.height(), i.width()};
        };
    }

    /// Over all registered layers: outputs agree up to 10⁻⁵ of the largest one.
    @Test
    void randomNetworksGiveTheSameOutputs() throws OrtException {
        Set<Class<?>> kinds = new HashSet<>();
        List<Subject> subjects = LongStream.iterate(1, seed -> seed + 1)
                .mapToObj(RandomNetworks::of)
                .filter(subject -> isExportable(subject.model().network()))
                .limit(NETWORKS)
                .map(subject -> subject.in(Precision.FLOAT32))
                .toList();
        for (Subject subject : subjects) {
            collect(subject.model().network().layers(), kinds);
            compare(subject);
        }
        Registries.LAYERS.all().stream()
                .map(kind -> kind.type().type())
                .filter(type -> type.getPackageName().startsWith("io.quadric.nn"))
                .forEach(type -> assertTrue(kinds.contains(type), type + " was not among them"));
    }

    private static void compare(Subject subject) throws OrtException {
        Network network = subject.model().network();
        try (Workspace ws = Workspace.serial()) {
            NormalizationStatistics statistics = NormalizationStatistics.over(
                    subject.model(), subject.parameters(), List.of(subject.batch()), ws);
            Matrix inputs = subject.batch().inputs();
            Matrix outputs = Matrix.zeros(Precision.FLOAT32, inputs.rows(), network.output().size());
            network.apply(subject.parameters(), statistics, new Inputs(inputs), outputs, ws);
            byte[] model = OnnxFile.bytes(network, subject.parameters(), statistics);
            try (OnnxRuntime runtime = new OnnxRuntime(model)) {
                float[] theirs = runtime
                        .with("features", inputs.copy().floats(), shape(network.input(), inputs.rows()))
                        .floats("outputs");
                Matrix difference = outputs.copy().axpby(-1, Matrix.of(inputs.rows(), outputs.columns(), theirs), 1);
                assertTrue(difference.maxAbs() <= 1e-5 * Math.max(1, outputs.maxAbs()),
                        () -> subject.name() + ": " + difference.maxAbs() + " of " + outputs.maxAbs());
            }
        }
    }

    @Test
    void whatCannotBeExpressedIsNamed() {
        Layer own = new ElementwiseLayer("sine", Math::sin, Math::cos, x -> -Math.sin(x));
        Subject subject = Subject.ofLayer(own, new Shape.Features(3), 1);
        InputException e = assertThrows(InputException.class, () -> OnnxFile.bytes(
                subject.model().network(), subject.parameters(), NormalizationStatistics.OF_BATCH));
        assertTrue(e.getMessage().contains("cannot be expressed in ONNX"), e.getMessage());
    }

    /// Variable-length numbers, as the specification of Protocol Buffers encodes 150 and −2.
    @Test
    void numbersAreEncodedAsSpecified() {
        assertArrayEquals(new byte[]{8, (byte) 0x96, 1}, new ProtoMessage().number(1, 150).toByteArray());
        byte[] negative = new ProtoMessage().number(1, -2).toByteArray();
        assertEquals(11, negative.length);
        assertEquals((byte) 0xfe, negative[1]);
        assertEquals(1, negative[10]);
        float value = new Random(1).nextFloat();
        int bits = Float.floatToIntBits(value);
        assertArrayEquals(new byte[]{0x15, (byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)},
                new ProtoMessage().real(2, value).toByteArray());
        assertArrayEquals(new byte[]{0x12, 2, 'h', 'i'}, new ProtoMessage().text(2, "hi").toByteArray());
    }
}
