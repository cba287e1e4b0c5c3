package io.quadric.engine.onnx;

import io.quadric.engine.proto.ProtoMessage;
import java.util.Arrays;
import java.util.List;

/// A node of a graph: an operator with the names of its inputs and outputs, and its attributes.
final class OnnxNode {
    /// Operators of the standard set.
    static final String STANDARD = "";

    /// Operators for texts and tables.
    static final String MACHINE_LEARNING = "ai.onnx.ml";

    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int INTS = 7;
    private static final int STRINGS = 8;
    private static final int FLOATS = 6;

    private final ProtoMessage message = new ProtoMessage();
    private final List<String> outputs;

    /// An operator of the standard set.
    OnnxNode(String operator, List<String> inputs, List<String> outputs) {
        this(STANDARD, operator, inputs, outputs);
    }

    OnnxNode(String domain, String operator, List<String> inputs, List<String> outputs) {
        this.outputs = List.copyOf(outputs);
        inputs.forEach(name -> message.text(1, name));
        outputs.forEach(name -> message.text(2, name));
        message.text(3, outputs.getFirst()).text(4, operator);
        if (!domain.isEmpty()) {
            message.text(7, domain);
        }
    }

    OnnxNode with(String name, long value) {
        return attribute(name, INT, new ProtoMessage().text(1, name).number(3, value));
    }

    OnnxNode with(String name, float value) {
        return attribute(name, FLOAT, new ProtoMessage().text(1, name).real(2, value));
    }

    OnnxNode with(String name, String value) {
        return attribute(name, STRING, new ProtoMessage().text(1, name).text(4, value));
    }

    OnnxNode with(String name, long[] values) {
        ProtoMessage attribute = new ProtoMessage().text(1, name);
        Arrays.stream(values).forEach(value -> attribute.number(8, value));
        return attribute(name, INTS, attribute);
    }

    OnnxNode with(String name, float[] values) {
        ProtoMessage attribute = new ProtoMessage().text(1, name);
        for (float value : values) {
            attribute.real(7, value);
        }
        return attribute(name, FLOATS, attribute);
    }

    OnnxNode with(String name, List<String> values) {
        ProtoMessage attribute = new ProtoMessage().text(1, name);
        values.forEach(value -> attribute.text(9, value));
        return attribute(name, STRINGS, attribute);
    }

    private OnnxNode attribute(String name, int kind, ProtoMessage attribute) {
        message.message(5, attribute.number(20, kind));
        return this;
    }

    List<String> outputs() {
        return outputs;
    }

    ProtoMessage message() {
        return message;
    }
}
