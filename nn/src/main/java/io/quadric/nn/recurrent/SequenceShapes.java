package io.quadric.nn.recurrent;

import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.Shape;
import java.util.List;
import java.util.OptionalInt;

/// What all recurrent layers say about shapes.
final class SequenceShapes {
    private SequenceShapes() {}

    static void requireUnits(String layer, int units) {
        if (units < 1) {
            throw new IllegalArgumentException("a layer of type " + layer + " needs at least 1 unit, got " + units);
        }
    }

    static Shape.Sequence require(String layer, Shape input) {
        if (input instanceof Shape.Sequence sequence) {
            return sequence;
        }
        throw new IllegalArgumentException("a layer of type " + layer + " takes a sequence, got " + input);
    }

    static Shape behind(Shape.Sequence input, int units, SequenceOutput output) {
        return switch (output) {
            case ALL -> new Shape.Sequence(input.length(), units);
            case LAST -> new Shape.Features(units);
        };
    }

    /// The weight of the inputs, which is the first parameter, with the bias; and the recurrent weight, the second.
    static List<BlockSpec> blocks(OptionalInt bias) {
        return List.of(new BlockSpec(0, bias), new BlockSpec(1, OptionalInt.empty()));
    }
}
