package io.quadric.engine.onnx;

import io.quadric.engine.proto.ProtoMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A graph in the making: nodes in the order in which they are computed, constants, inputs and outputs.
///
/// The format is ONNX's intermediate representation 8 with the operator sets 13 and, for texts, `ai.onnx.ml` 2.
final class OnnxGraph {
    /// Types of elements.
    enum Type {
        FLOAT(1),
        INT32(6),
        INT64(7),
        STRING(8),
        DOUBLE(11);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private static final int REPRESENTATION = 8;
    private static final int OPERATORS = 13;
    private static final int TEXT_OPERATORS = 2;
    private static final String BATCH = "N";
    private static final String STEPS = "T";

    /// An axis of any length: the time steps of sequences.
    static final int ANY = -1;

    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final List<ProtoMessage> constants = new ArrayList<>();
    private final List<ProtoMessage> inputs = new ArrayList<>();
    private final List<ProtoMessage> outputs = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private int names;

    /// A name that is not taken.
    String fresh(String stem) {
        return stem + "_" + names++;
    }

    /// Appends a node of the standard set with one output, which gets a fresh name.
    String add(String operator, String... from) {
        String output = fresh(operator);
        add(new OnnxNode(operator, List.of(from), List.of(output)));
        return output;
    }

    void add(OnnxNode node) {
        nodes.add(node.message());
    }

    /// A constant of floats.
    String floats(String stem, float[] values, int... shape) {
        ByteBuffer bytes = buffer(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return constant(stem, Type.FLOAT, bytes.array(), shape);
    }

    /// A constant of doubles.
    String doubles(String stem, double[] values, int... shape) {
        ByteBuffer bytes = buffer(Double.BYTES * values.length);
        bytes.asDoubleBuffer().put(values);
        return constant(stem, Type.DOUBLE, bytes.array(), shape);
    }

    /// A constant vector of whole numbers.
    String longs(String stem, long... values) {
        ByteBuffer bytes = buffer(Long.BYTES * values.length);
        bytes.asLongBuffer().put(values);
        return constant(stem, Type.INT64, bytes.array(), values.length);
    }

    /// A constant whole number.
    String scalar(String stem, long value) {
        return constant(stem, Type.INT64, buffer(Long.BYTES).putLong(0, value).array());
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String constant(String stem, Type type, byte[] bytes, int... shape) {
        String name = fresh(stem);
        ProtoMessage tensor = new ProtoMessage();
        Arrays.stream(shape).forEach(length -> tensor.number(1, length));
        constants.add(tensor.number(2, type.code()).text(8, name).bytes(9, bytes));
        return name;
    }

    /// Declares an input; the first axis is the cases, of any number.
    void input(String name, Type type, int... shape) {
        inputs.add(value(name, type, shape));
    }

    /// Declares an output; the first axis is the cases, of any number.
    void output(String name, Type type, int... shape) {
        outputs.add(value(name, type, shape));
    }

    private static ProtoMessage value(String name, Type type, int... shape) {
        ProtoMessage axes = new ProtoMessage().message(1, new ProtoMessage().text(2, BATCH));
        Arrays.stream(shape).forEach(length -> axes.message(1, length == ANY
                ? new ProtoMessage().text(2, STEPS)
                : new ProtoMessage().number(1, length)));
        ProtoMessage tensor = new ProtoMessage().number(1, type.code()).message(2, axes);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }

    /// Says something about the model.
    void describe(String key, String value) {
        metadata.put(key, value);
    }

    /// The bytes of a model with this graph.
    byte[] model(String producer, String version) {
        ProtoMessage graph = new ProtoMessage();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, producer);
        constants.forEach(constant -> graph.message(5, constant));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        ProtoMessage model = new ProtoMessage().number(1, REPRESENTATION).text(2, producer).text(3, version);
        model.message(7, graph);
        model.message(8, operators(OnnxNode.STANDARD, OPERATORS));
        model.message(8, operators(OnnxNode.MACHINE_LEARNING, TEXT_OPERATORS));
        metadata.forEach((key, value) -> model.message(14, new ProtoMessage().text(1, key).text(2, value)));
        return model.toByteArray();
    }

    private static ProtoMessage operators(String domain, int version) {
        return new ProtoMessage().text(1, domain).number(2, version);
    }
}
