package io.quadric.nn.layer;

import java.util.List;

/// Multiply-adds of the affine maps of a forward pass for one case. Elementwise functions, normalisation, pooling and
/// peepholes are not counted.
///
/// @param ofInputs by maps that read the inputs, or what follows from them without parameters
/// @param others by maps that read what depends on parameters
public record MultiplyAdds(double ofInputs, double others) {
    private static final MultiplyAdds NONE = new MultiplyAdds(0, 0);

    /// {@return the sum over layers one after another}
    ///
    /// @param layers the layers
    /// @param input the shape of one case before the first one
    public static MultiplyAdds of(List<Layer> layers, Shape input) {
        MultiplyAdds sum = NONE;
        Shape shape = input;
        boolean readsInputs = true;
        for (Layer layer : layers) {
            MultiplyAdds next = layer.multiplyAdds(shape);
            sum = sum.plus(readsInputs ? next : new MultiplyAdds(0, next.ofInputs + next.others));
            readsInputs &= layer.parameters(shape).isEmpty();
            shape = layer.output(shape);
        }
        return sum;
    }

    static MultiplyAdds of(Layer layer, Shape input) {
        MultiplyAdds sum = NONE;
        for (List<Layer> path : layer.paths()) {
            sum = sum.plus(of(path, input));
        }
        if (!layer.paths().isEmpty()) {
            return sum;
        }
        List<ParameterSpec> parameters = layer.parameters(input);
        boolean first = true;
        for (BlockSpec block : layer.blocks(input)) {
            double count = (double) parameters.get(block.weight()).size() * positions(input, layer.output(input));
            sum = sum.plus(first ? new MultiplyAdds(count, 0) : new MultiplyAdds(0, count));
            first = false;
        }
        return sum;
    }

    /// How often a map is applied to one case: at every time step of a sequence, whatever leaves the layer, or for
    /// every pixel that leaves it.
    private static int positions(Shape input, Shape output) {
        if (input instanceof Shape.Sequence sequence) {
            return sequence.length();
        }
        return output instanceof Shape.Image image ? image.height() * image.width() : 1;
    }

    private MultiplyAdds plus(MultiplyAdds other) {
        return new MultiplyAdds(ofInputs + other.ofInputs, others + other.others);
    }
}
