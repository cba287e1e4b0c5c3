package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.registry.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// y = body(x) + shortcut(x) (He et al. 2016, §3.2). The shortcut is the identity if it has no layers; a convolution of
/// 1 × 1 makes it the projection of option B, a pooling of 1 × 1 and [PadChannelsLayer] the padding of option A.
///
/// Parameters of inner layers are named `body.<j>.<name>` and `shortcut.<j>.<name>`.
///
/// @param body at least one layer
/// @param shortcut layers beside the body
public record ResidualLayer(List<Layer> body, @Argument(otherwise = "[]") List<Layer> shortcut) implements Layer {
    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException if the body is empty
    public ResidualLayer {
        body = List.copyOf(body);
        shortcut = List.copyOf(shortcut);
        if (body.isEmpty()) {
            throw new IllegalArgumentException("the body of a residual block needs at least one layer");
        }
    }

    @Override
    public Shape output(Shape input) {
        Shape through = behind("body", body, input);
        Shape around = behind("shortcut", shortcut, input);
        if (!through.equals(around)) {
            throw new IllegalArgumentException("the body of the residual block ends in " + through
                    + ", its shortcut in " + around + "; they must be equal");
        }
        return through;
    }

    private static Shape behind(String path, List<Layer> layers, Shape input) {
        Shape shape = input;
        for (int j = 0; j < layers.size(); j++) {
            try {
                shape = layers.get(j).output(shape);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(path + "." + j + ": " + e.getMessage(), e);
            }
        }
        return shape;
    }

    /// What every layer of a path says about the shape before it.
    private static <T> List<T> each(List<Layer> layers, Shape input, BiFunction<Layer, Shape, T> question) {
        List<T> answers = new ArrayList<>();
        Shape shape = input;
        for (Layer layer : layers) {
            answers.add(question.apply(layer, shape));
            shape = layer.output(shape);
        }
        return answers;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return Stream.concat(named("body", body, input), named("shortcut", shortcut, input)).toList();
    }

    private static Stream<ParameterSpec> named(String path, List<Layer> layers, Shape input) {
        List<List<ParameterSpec>> specs = each(layers, input, Layer::parameters);
        List<ParameterSpec> named = new ArrayList<>();
        for (int j = 0; j < specs.size(); j++) {
            String prefix = path + "." + j + ".";
            specs.get(j).forEach(spec -> named.add(spec.prefixed(prefix)));
        }
        return named.stream();
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        List<BlockSpec> blocks = new ArrayList<>();
        int first = 0;
        for (List<Layer> path : List.of(body, shortcut)) {
            List<List<ParameterSpec>> specs = each(path, input, Layer::parameters);
            List<List<BlockSpec>> inner = each(path, input, Layer::blocks);
            for (int j = 0; j < inner.size(); j++) {
                for (BlockSpec block : inner.get(j)) {
                    blocks.add(moved(block, first));
                }
                first += specs.get(j).size();
            }
        }
        return blocks;
    }

    private static BlockSpec moved(BlockSpec block, int first) {
        OptionalInt bias = block.bias();
        return new BlockSpec(
                block.weight() + first, bias.isPresent() ? OptionalInt.of(bias.getAsInt() + first) : bias);
    }

    @Override
    public List<List<Layer>> paths() {
        return List.of(body, shortcut);
    }

    @Override
    public int statisticsSize(Shape input) {
        return Stream.of(body, shortcut)
                .flatMap(path -> each(path, input, Layer::statisticsSize).stream())
                .mapToInt(size -> size)
                .sum();
    }

    @Override
    public LayerPass open(LayerSite site) {
        LayerSite around = site;
        for (Layer layer : body) {
            around = around.without(layer);
        }
        LayerSite atShortcut = around.before(site.input());
        return new Pass(
                new LayerChain(body, site),
                new LayerChain(shortcut, atShortcut),
                site.memory(output(site.input()).size()),
                site.memory(output(site.input()).size()));
    }

    /// @param through holds the outputs of the body, which its last layer may want unchanged
    /// @param around the same for the shortcut
    private record Pass(LayerChain body, LayerChain shortcut, Matrix through, Matrix around) implements LayerPass {
        @Override
        public void forward(Matrix x, Matrix y, Workspace ws) {
            body.forward(x, through, ws);
            shortcut.forward(x, around, ws);
            y.copyFrom(through);
            add(around, y, ws);
        }

        private static Matrix like(Matrix y, Workspace.Frame frame) {
            return frame.matrix(y.precision(), y.rows(), y.columns());
        }

        private static void add(Matrix x, Matrix y, Workspace ws) {
            Elementwise.axpby(1, x, 1, y, ws);
        }

        /// to ← what the body makes + what the shortcut makes.
        private static void sum(Matrix to, Workspace ws, Consumer<Matrix> body, Consumer<Matrix> shortcut) {
            body.accept(to);
            try (var frame = ws.open()) {
                Matrix beside = like(to, frame);
                shortcut.accept(beside);
                add(beside, to, ws);
            }
        }

        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            sum(ry, ws, to -> body.jvp(v, rx, to, ws), to -> shortcut.jvp(v, rx, to, ws));
        }

        @Override
        public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
            sum(ry, ws, to -> body.jvp(v, rx, to, ws), to -> shortcut.jvp(v, rx, to, ws));
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            sum(dx, ws, to -> body.backward(dy, to, sink, ws), to -> shortcut.backward(dy, to, sink, ws));
        }

        @Override
        public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
            sum(dx, ws, to -> body.backward(dy, to, gradients, ws), to -> shortcut.backward(dy, to, gradients, ws));
        }

        @Override
        public void statistics(Vector out) {
            int size = body.statisticsSize();
            body.statistics(out.slice(0, size));
            shortcut.statistics(out.slice(size, out.size()));
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            Matrix beside = like(dx, frame);
            SecondOrderPass first = body.second(dy, dx, frame);
            SecondOrderPass second = shortcut.second(dy, beside, frame);
            add(beside, dx, frame.workspace());
            return new Second(first, second, like(dy, frame), like(dy, frame));
        }

        /// @param through holds the tangents behind the body, which its last layer may want unchanged
        /// @param around the same for the shortcut
        private record Second(SecondOrderPass body, SecondOrderPass shortcut, Matrix through, Matrix around)
                implements SecondOrderPass {
            @Override
            public void rForward(Vector v, Matrix rx, Matrix ry, Workspace ws) {
                body.rForward(v, rx, through, ws);
                shortcut.rForward(v, rx, around, ws);
                ry.copyFrom(through);
                add(around, ry, ws);
            }

            @Override
            public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
                sum(rdx, ws, to -> body.rBackward(rdy, to, sink, ws), to -> shortcut.rBackward(rdy, to, sink, ws));
            }
        }
    }
}
