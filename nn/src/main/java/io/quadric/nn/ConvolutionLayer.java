package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Cross-correlation of images with a small kernel: at every place, h = W a + b with a the pixels under the window,
/// zeros outside the image. Parameters: `weight`, channels × channels before × window height × window width, and
/// `bias`, channels.
///
/// The places are the positions of its reports, so that the Kronecker methods treat it as KFC does (Ren 2022, §3.9).
///
/// @param channels feature maps behind the layer
/// @param window size, stride and padding
/// @param bias whether there is a b
public record ConvolutionLayer(int channels, Window window, boolean bias) implements Layer {
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
        return bias ? List.of(weight, ParameterSpec.bias("bias", channels)) : List.of(weight);
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        return List.of(new BlockSpec(0, bias ? OptionalInt.of(1) : OptionalInt.empty()));
    }

    @Override
    public LayerPass open(LayerSite site) {
        return new Pass(site, new ConvolutionBlocks(patches(site.input()), channels, site.cases()));
    }

    private static final class Pass implements LayerPass {
        private final AffineBlock block;
        private final Vector parameters;
        private final Matrix weight;
        private final ConvolutionBlocks blocks;
        private Matrix inputs;

        Pass(LayerSite site, ConvolutionBlocks blocks) {
            this.block = site.blocks().getFirst();
            this.parameters = site.parameters();
            this.weight = block.weight().matrixOf(parameters);
            this.blocks = blocks;
        }

        /// The same kernel, on other blocks.
        private Pass(Pass pass, ConvolutionBlocks blocks) {
            this.block = pass.block;
            this.parameters = pass.parameters;
            this.weight = pass.weight;
            this.inputs = pass.inputs;
            this.blocks = blocks;
        }

        /// Where k directions of the kernel are one kernel of k times as many channels.
        private Pass ofChannels(int k) {
            return new Pass(this, new ConvolutionBlocks(blocks.patches(), k * blocks.outputs(), blocks.cases()));
        }

        /// Where the images of k directions are k times as many cases.
        private Pass ofCases(int k) {
            return new Pass(this, new ConvolutionBlocks(blocks.patches(), blocks.outputs(), k * blocks.cases()));
        }

        private Term nothing() {
            return new Term(weight, Matrix.empty(weight.precision()));
        }

        private Optional<Vector> bias(Vector flat) {
            return block.bias().map(slice -> slice.of(flat));
        }

        @Override
        public void forward(Matrix x, Matrix y, Workspace ws) {
            inputs = x;
            multiply(new Term(weight, x), nothing(), y, ws);
            blocks.addBias(bias(parameters), y, ws);
        }

        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            multiply(new Term(block.weight().matrixOf(v), inputs), new Term(weight, rx), ry, ws);
            blocks.addBias(bias(v), ry, ws);
        }

        @Override
        public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
            int k = v.rows();
            Pass wide = ofChannels(k);
            try (var frame = ws.open()) {
                Term known = new Term(Directions.stacked(block.weight(), v, frame), inputs);
                wide.multiply(known, nothing(), ry, ws);
                Optional<Vector> biases = block.bias().map(slice -> Directions.stacked(slice, v, frame).flat());
                wide.blocks.addBias(biases, ry, ws);
                if (!rx.isEmpty()) {
                    Matrix moved = frame.matrix(ry.precision(), ry.rows(), ry.columns());
                    Term images = new Term(weight, Directions.cases(k, rx));
                    ofCases(k).multiply(images, nothing(), Directions.cases(k, moved), ws);
                    Elementwise.axpby(1, moved, 1, ry, ws);
                }
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, GradientRows gradients, Workspace ws) {
            int k = gradients.directions();
            gradients.affine(block, new ConvolutionBlocks.Report(ofChannels(k).blocks, inputs, dy), ws);
            ofCases(k).backwardInputs(Directions.cases(k, dy), Directions.cases(k, dx), ws);
        }

        /// A convolution, or its transpose, of images with a kernel.
        private record Term(Matrix kernel, Matrix images) {}

        /// y ← the sum of two convolutions; the second one is left out if its images are empty.
        private void multiply(Term first, Term second, Matrix y, Workspace ws) {
            try (var frame = ws.open()) {
                ConvolutionBlocks.Room room = blocks.room(frame, y);
                blocks.forEach((from, to) -> {
                    Matrix part = y.rows(from, to);
                    Matrix z = blocks.joined(part, room);
                    Matrix u = blocks.unfold(first.images.rows(from, to), room, ws);
                    Gemm.SET.multiply(first.kernel, u, z, ws);
                    if (!second.images.isEmpty()) {
                        blocks.unfold(second.images.rows(from, to), room, ws);
                        Gemm.ADD.multiply(second.kernel, u, z, ws);
                    }
                    blocks.separate(z, part, ws);
                });
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            sink.affine(block, new ConvolutionBlocks.Report(blocks, inputs, dy), ws);
            backwardInputs(dy, dx, ws);
        }

        private void backwardInputs(Matrix dy, Matrix dx, Workspace ws) {
            if (!dx.isEmpty()) {
                multiplyTransposed(new Term(weight, dy), nothing(), dx, ws);
            }
        }

        /// dx ← the sum of two transposed convolutions; the second one is left out if its images are empty.
        private void multiplyTransposed(Term first, Term second, Matrix dx, Workspace ws) {
            try (var frame = ws.open()) {
                ConvolutionBlocks.Room room = blocks.room(frame, dx);
                blocks.forEach((from, to) -> {
                    Matrix u = blocks.unfolded(room, to - from);
                    Matrix z = blocks.join(first.images.rows(from, to), room, ws);
                    Gemm.SET.multiply(first.kernel.t(), z, u, ws);
                    if (!second.images.isEmpty()) {
                        z = blocks.join(second.images.rows(from, to), room, ws);
                        Gemm.ADD.multiply(second.kernel.t(), z, u, ws);
                    }
                    blocks.patches().fold(u, dx.rows(from, to), ws);
                });
            }
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backwardInputs(dy, dx, frame.workspace());
            return new Second(dy);
        }

        private final class Second implements SecondOrderPass {
            private final Matrix cotangents;
            private Vector direction;
            private Matrix tangents;

            Second(Matrix cotangents) {
                this.cotangents = cotangents;
            }

            @Override
            public void rForward(Vector v, Matrix rx, Matrix ry, Workspace ws) {
                direction = v;
                tangents = rx;
                jvp(v, rx, ry, ws);
            }

            @Override
            public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
                sink.affine(block, new ConvolutionBlocks.Report(blocks, inputs, rdy), ws);
                if (!tangents.isEmpty()) {
                    var mixed = new ConvolutionBlocks.Report(blocks, tangents, cotangents);
                    sink.affine(block.weightOnly(), mixed, ws);
                }
                if (!rdx.isEmpty()) {
                    Term moved = new Term(block.weight().matrixOf(direction), cotangents);
                    multiplyTransposed(new Term(weight, rdy), moved, rdx, ws);
                }
            }
        }
    }
}
