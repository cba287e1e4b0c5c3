package io.quadric.nn.layer;

import io.quadric.linalg.Channels;
import io.quadric.linalg.Convolution;
import io.quadric.linalg.Convolution.Product;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.registry.Argument;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Cross-correlation of images with a small kernel: at every place, h = W a + b with a the pixels under the window,
/// zeros outside the image. Parameters: `weight`, channels × channels before × window height × window width, and
/// `bias`, channels.
///
/// The places are the positions of its reports, so that the Kronecker methods treat it in the way of KFC (Ren 2022, eqn
/// 3.9).
///
/// @param channels feature maps after the layer
/// @param window size, stride and padding
/// @param bias whether there is a b
public record ConvolutionLayer(int channels, Window window, @Argument(otherwise = "true") boolean bias)
        implements Layer {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if `channels` is below 1
    public ConvolutionLayer {
        if (channels < 1) {
            throw new IllegalArgumentException("a convolution needs at least 1 channel, got " + channels);
        }
    }

    private Patches patches(Shape input) {
        if (input instanceof Shape.Image(int before, int height, int width)) {
            return new Patches(before, height, width, window);
        }
        throw new IllegalArgumentException("a convolution takes an image, got " + input);
    }

    @Override
    public Shape output(Shape input) {
        Patches patches = patches(input);
        return new Shape.Image(channels, patches.placesDown(), patches.placesAcross());
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        List<Integer> dimensions = List.of(channels, patches(input).channels(), window.height(), window.width());
        ParameterSpec weight = new ParameterSpec("weight", dimensions, ParameterSpec.Role.WEIGHT);
        return bias ? List.of(weight, ParameterSpec.bias("bias", channels, weight.fanIn())) : List.of(weight);
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        return List.of(new BlockSpec(0, bias ? OptionalInt.of(1) : OptionalInt.empty()));
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        return new Pass(site, new Convolution(patches(site.input()), channels), x, y);
    }

    private static final class Pass implements LayerPass {
        private final AffineBlock block;
        private final Matrix weight;
        private final Convolution convolution;
        private final Matrix inputs;
        private final CaseRows places;

        Pass(LayerSite site, Convolution convolution, Matrix x, Matrix y) {
            this.block = site.blocks().getFirst();
            this.weight = block.weight().matrixOf(site.parameters());
            this.convolution = convolution;
            this.inputs = x;
            this.places = site.cases().rows(convolution.patches().places(), site.input());
            jvpOfInputs(site.parameters(), x, y, site.workspace());
            addBias(bias(site.parameters()), y, site.workspace());
        }

        private Optional<Vector> bias(Vector flat) {
            return block.bias().map(slice -> slice.of(flat));
        }

        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            convolution.multiply(sum(new Product(block.weight().matrixOf(v), inputs), new Product(weight, rx)), ry, ws);
            addBias(bias(v), ry, ws);
        }

        @Override
        public void jvpOfInputs(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            convolution.multiply(List.of(new Product(weight, rx)), ry, ws);
        }

        @Override
        public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
            int k = v.rows();
            try (var frame = ws.open()) {
                Product known = new Product(TangentStacks.stacked(block.weight(), v, frame), inputs);
                wide(k).multiply(List.of(known), ry, ws);
                addBias(block.bias().map(slice -> TangentStacks.stacked(slice, v, frame).flat()), ry, ws);
                if (!rx.isEmpty()) {
                    Matrix moved = frame.matrix(ry.precision(), ry.rows(), ry.columns());
                    Product images = new Product(weight, TangentStacks.cases(k, rx));
                    convolution.multiply(List.of(images), TangentStacks.cases(k, moved), ws);
                    Elementwise.axpby(1, moved, 1, ry, ws);
                }
            }
        }

        /// Where k directions of the kernel are one kernel of k times as many channels.
        private Convolution wide(int k) {
            return new Convolution(convolution.patches(), k * convolution.outputs());
        }

        @Override
        public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
            int k = gradients.directions();
            gradients.affine(block, new ConvolutionRows(wide(k), inputs, dy, places), ws);
            backwardInputs(TangentStacks.cases(k, dy), TangentStacks.cases(k, dx), ws);
        }

        /// The second product is left out if its images are empty.
        private static List<Product> sum(Product first, Product second) {
            return second.images().isEmpty() ? List.of(first) : List.of(first, second);
        }

        /// y ← y + b, one number for each feature map; nothing without a bias.
        private static void addBias(Optional<Vector> bias, Matrix y, Workspace ws) {
            if (bias.isPresent()) {
                try (var frame = ws.open()) {
                    int size = bias.get().size();
                    Vector ones = frame.vector(Precision.FLOAT64, size).fill(1);
                    Vector summands = frame.vector(Precision.FLOAT64, size);
                    Channels.affine(ones, y, summands.copyFrom(bias.get()), y, ws);
                }
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            sink.affine(block, report(inputs, dy), ws);
            backwardInputs(dy, dx, ws);
        }

        private RowChunks report(Matrix x, Matrix dy) {
            return new ConvolutionRows(convolution, x, dy, places);
        }

        private void backwardInputs(Matrix dy, Matrix dx, Workspace ws) {
            if (!dx.isEmpty()) {
                convolution.multiplyTransposed(List.of(new Product(weight, dy)), dx, ws);
            }
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backwardInputs(dy, dx, frame.workspace());
            return (v, rx, ry, scratch) -> {
                jvp(v, rx, ry, scratch.workspace());
                return (rdy, rdx, sink, ws) -> {
                    sink.affine(block, report(inputs, rdy), ws);
                    if (!rx.isEmpty()) {
                        sink.affine(block.weightOnly(), report(rx, dy), ws);
                    }
                    if (!rdx.isEmpty()) {
                        Product moved = new Product(block.weight().matrixOf(v), dy);
                        convolution.multiplyTransposed(List.of(new Product(weight, rdy), moved), rdx, ws);
                    }
                };
            };
        }
    }
}
