package io.quadric.optim.kronecker;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.curvature.FactorMeans;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.kronecker.PairDamping.Pair;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Means over the cases that [KBfgs] makes of a block's rows.
///
/// @param input ā without the 1
/// @param gradient ḡ
/// @param positions the mean number of positions of a case
record BlockMeans(Vector input, Vector gradient, double positions) {
    /// ā and ḡ, means over the cases of means over positions.
    ///
    /// @param frame holds the result
    /// @return the gradients, of which ḡ is the mean
    static Matrix average(Sink.Rows rows, Vector input, Vector gradient, Workspace.Frame frame) {
        double scale = 1.0 / (rows.cases().count() * rows.positions());
        Elementwise.sumRows(scale, rows.cases().averaged(rows.inputs(), 1, frame), 0, input);
        Matrix gradients = rows.cases().averaged(rows.gradients(), 1, frame);
        Elementwise.sumRows(scale, gradients, 0, gradient);
        return gradients;
    }

    /// Where the means of a block are in the vector of those of all blocks, and where they end.
    private static int end(AffineBlock block, int from) {
        return from + block.inputs() + block.outputs() + 1;
    }

    private static BlockMeans in(AffineBlock block, Vector all, int from) {
        int n = block.inputs();
        int last = end(block, from) - 1;
        return new BlockMeans(all.slice(from, from + n), all.slice(from + n, last), all.get(last));
    }

    /// Shows the means of every block.
    static void each(Iterable<AffineBlock> blocks, Vector all, BiConsumer<AffineBlock, BlockMeans> taker) {
        int from = 0;
        for (AffineBlock block : blocks) {
            taker.accept(block, in(block, all, from));
            from = end(block, from);
        }
    }

    /// A sink that hands every block its rows.
    static Sink each(BiConsumer<AffineBlock, Sink.Rows> action) {
        return new Sink() {
            @Override
            public void affine(AffineBlock block, Rows rows, Workspace scratch) {
                action.accept(block, rows);
            }

            @Override
            public void direct(ParameterSlice slice, Matrix gradients, Workspace scratch) {
                // parameters outside a weight-and-bias block have no factors
            }
        };
    }

    private static int start(Iterable<AffineBlock> blocks, int index) {
        int from = 0;
        for (AffineBlock block : blocks) {
            if (block.index() == index) {
                break;
            }
            from = end(block, from);
        }
        return from;
    }

    private static int size(Model model) {
        return start(model.network().layout().blocks(), -1);
    }

    /// The means of all blocks, and A of each of them after these if it is wanted.
    ///
    /// @param inputFactors whether it is
    record OfBlocks(boolean inputFactors) implements Objective.Listener, Objective.Mean {
        /// Where the factors A begin.
        static int factors(Model model) {
            return BlockMeans.size(model);
        }

        @Override
        public int size(Model model) {
            return BlockMeans.size(model) + (inputFactors ? FactorMeans.INPUTS.size(model) : 0);
        }

        @Override
        public void listen(Linearization at, Vector mean, Consumer<Sink> pass) {
            int split = BlockMeans.size(at.model());
            Vector means = mean.slice(0, split).fill(0);
            Sink sink = each((block, rows) -> average(at, block, rows, means));
            if (inputFactors) {
                FactorMeans.INPUTS.listen(at, mean.slice(split, mean.size()), factors -> pass.accept(
                        sink.and(factors)));
            } else {
                pass.accept(sink);
            }
        }

        private static void average(Linearization at, AffineBlock block, Sink.Rows rows, Vector means) {
            int from = start(at.parameters().layout().blocks(), block.index());
            BlockMeans own = in(block, means, from);
            try (var frame = at.workspace().open()) {
                BlockMeans.average(rows, own.input(), own.gradient(), frame);
            }
            means.set(end(block, from) - 1, rows.cases().meanPositions());
        }

        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            listen(at, mean, sink -> GradientSource.EMPIRICAL.report(at, random, sink));
            return 0;
        }
    }

    /// The products A s of all blocks, without forming A; the argument is their vectors s one after another.
    enum InputProducts implements Objective.Mean {
        OF_BLOCKS;

        @Override
        public int size(Model model) {
            return model.network().layout().blocks().stream().mapToInt(AffineBlock::augmentedInputs).sum();
        }

        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            mean.fill(0);
            GradientSource.EMPIRICAL.report(at, random, each((block, rows) -> KBfgsBlock.multiplyByInputFactor(
                    block, rows, pair(at.parameters().layout().blocks(), block, argument, mean), at.workspace())));
            return 0;
        }

        /// The parts of a block of two vectors over all blocks.
        static Pair pair(Iterable<AffineBlock> blocks, AffineBlock block, Vector s, Vector y) {
            int from = 0;
            for (AffineBlock other : blocks) {
                if (other.index() == block.index()) {
                    break;
                }
                from += other.augmentedInputs();
            }
            int to = from + block.augmentedInputs();
            return new Pair(s.slice(from, to), y.slice(from, to));
        }
    }
}
