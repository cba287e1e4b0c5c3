package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.registry.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// y = body(x) + shortcut(x) (He et al. 2016, §3.2). The shortcut is the identity if it has no layers; a convolution of
/// 1 × 1 makes it the projection of option B, a pooling of 1 × 1 and [PadChannelsLayer] the padding of option A.
///
/// Parameters of inner layers are named `body.<j>.<name>` and `shortcut.<j>.<name>`.
///
/// @param body at least one layer
/// @param shortcut the layers parallel to the body; empty for the identity
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

    private LayerPath bodyPath(Shape input) {
        return LayerPath.known("body.", input, body);
    }

    private LayerPath shortcutPath(Shape input) {
        return LayerPath.known("shortcut.", input, shortcut);
    }

    /// The output, if body and shortcut are known to fit: without going through blocks within the body.
    Shape around(Shape input) {
        return shortcutPath(input).output();
    }

    @Override
    public Shape output(Shape input) {
        Shape through = new LayerPath("body.", input, body).output();
        Shape around = new LayerPath("shortcut.", input, shortcut).output();
        if (!through.equals(around)) {
            throw new IllegalArgumentException("the body of the residual block ends in " + through
                    + ", its shortcut in " + around + "; they must be equal");
        }
        return through;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        List<ParameterSpec> named = new ArrayList<>();
        addParameters("body.", bodyPath(input), named);
        addParameters("shortcut.", shortcutPath(input), named);
        return named;
    }

    private static void addParameters(String name, LayerPath path, List<ParameterSpec> named) {
        for (int j = 0; j < path.layers().size(); j++) {
            String prefix = name + j + ".";
            path.parameters(j).forEach(spec -> named.add(spec.prefixed(prefix)));
        }
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        List<BlockSpec> blocks = new ArrayList<>();
        int inBody = addBlocks(0, bodyPath(input), shortcut.isEmpty(), blocks);
        addBlocks(inBody, shortcutPath(input), true, blocks);
        return blocks;
    }

    /// The arrays of the very last layer need not be counted, which in blocks within blocks would count them again and
    /// again.
    ///
    /// @return the number of arrays up to the end of the path, unless it is the last one
    private static int addBlocks(int before, LayerPath path, boolean isLast, List<BlockSpec> blocks) {
        int first = before;
        for (int j = 0; j < path.layers().size(); j++) {
            for (BlockSpec block : path.blocks(j)) {
                blocks.add(moved(block, first));
            }
            first += isLast && j == path.layers().size() - 1
                    ? 0
                    : arrays(path.layers().get(j), path.shape(j));
        }
        return first;
    }

    /// How many arrays a layer has; those of a residual block are counted without being named.
    static int arrays(Layer layer, Shape input) {
        if (layer instanceof ResidualLayer block) {
            return arrays(block.bodyPath(input)) + arrays(block.shortcutPath(input));
        }
        return layer.parameters(input).size();
    }

    private static int arrays(LayerPath path) {
        int count = 0;
        for (int j = 0; j < path.layers().size(); j++) {
            count += arrays(path.layers().get(j), path.shape(j));
        }
        return count;
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
        return bodyPath(input).statisticsSize() + shortcutPath(input).statisticsSize();
    }

    @Override
    public boolean startsUnit() {
        return true;
    }

    /// The results of body and shortcut have matrices of their own, since their last layers may need them unchanged.
    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        LayerPath through = bodyPath(site.input());
        Matrix beside = site.memory(y.columns());
        Matrix ofBody = site.memory(y.columns());
        LayerChain bodyChain = through.open(site, x, ofBody);
        LayerChain shortcutChain = shortcutPath(site.input()).open(through.siteAfter(site), x, beside);
        y.copyFrom(ofBody);
        add(beside, y, site.workspace());
        return new Pass(bodyChain, shortcutChain, through.statisticsSize());
    }

    private static void add(Matrix x, Matrix y, Workspace ws) {
        Elementwise.axpby(1, x, 1, y, ws);
    }

    /// @param statisticsSize of the body
    private record Pass(LayerChain body, LayerChain shortcut, int statisticsSize) implements LayerPass {
        private static Matrix like(Matrix y, Workspace.Frame frame) {
            return frame.matrix(y.precision(), y.rows(), y.columns());
        }

        /// to ← the result of the body + the result of the shortcut.
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
        public void jvpOfInputs(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            sum(ry, ws, to -> body.jvpOfInputs(v, rx, to, ws), to -> shortcut.jvpOfInputs(v, rx, to, ws));
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
            body.statistics(out.slice(0, statisticsSize));
            shortcut.statistics(out.slice(statisticsSize, out.size()));
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            Matrix beside = like(dx, frame);
            SecondOrderPass first = body.second(dy, dx, frame);
            SecondOrderPass second = shortcut.second(dy, beside, frame);
            add(beside, dx, frame.workspace());
            return (v, rx, ry, scratch) -> {
                Matrix ofBody = like(ry, scratch);
                Matrix ofShortcut = like(ry, scratch);
                SecondOrderPass.RBackward back = first.rForward(v, rx, ofBody, scratch);
                SecondOrderPass.RBackward around = second.rForward(v, rx, ofShortcut, scratch);
                ry.copyFrom(ofBody);
                add(ofShortcut, ry, scratch.workspace());
                return (rdy, rdx, sink, ws) -> sum(rdx, ws, to -> back.rBackward(rdy, to, sink, ws),
                        to -> around.rBackward(rdy, to, sink, ws));
            };
        }
    }
}
