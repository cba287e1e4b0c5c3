package io.quadric.engine.train;

import io.quadric.engine.InputException;
import io.quadric.linalg.Precision;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.optim.Optimizer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// The memory of a run, predicted from shapes alone; data sets come on top.
public final class RunMemory {
    /// A pass forward keeps its outputs, and the one back needs as much again.
    private static final int PASSES = 2;

    private RunMemory() {}

    /// {@return numbers of a forward pass that are kept for a case}: the outputs of all layers, and of those inside
    /// them
    ///
    /// @param network that is passed through
    public static long kept(Network network) {
        return kept(network.input(), network.layers());
    }

    private static long kept(Shape input, List<Layer> layers) {
        Shape shape = input;
        long kept = 0;
        for (Layer layer : layers) {
            for (List<Layer> path : layer.paths()) {
                kept += kept(shape, path);
            }
            shape = layer.output(shape);
            kept += shape.size();
        }
        return kept;
    }

    /// {@return about how many bytes a run takes}: parameters, what the method keeps, the scratch of a step, the
    /// batch, and what passes forward and back keep of it; empty if the method makes no prediction
    ///
    /// @param model that is trained
    /// @param precision of the parameters
    /// @param optimizer the method
    /// @param cases of a batch
    public static OptionalLong bytes(Model model, Precision precision, Optimizer optimizer, int cases) {
        Network network = model.network();
        OptionalLong kept = optimizer.memory(network.layout());
        if (kept.isEmpty()) {
            return kept;
        }
        long ofACase = network.input().size() + model.targets().size() + PASSES * kept(network);
        long numbers = kept.getAsLong() + network.layout().size() + optimizer.scratch(network, cases)
                + cases * ofACase;
        return OptionalLong.of(numbers * precision.bytes());
    }

    /// Checks that a run is not far larger than the heap, before any of it is allocated.
    ///
    /// @param setup of the run
    /// @throws InputException if it takes more than the largest heap
    static void require(TrainingSetup setup) {
        long heap = Runtime.getRuntime().maxMemory();
        Chunking chunking = setup.plan().chunking();
        int cases = chunking.divides(setup.plan().batchSize()) ? chunking.size() : setup.plan().batchSize();
        OptionalLong needed = bytes(
                setup.problem().model(), setup.problem().data().precision(), setup.optimizer(), cases);
        if (needed.isPresent() && needed.getAsLong() > heap) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "a run of the method on batches of %d cases takes about %,d MB, expected at most the heap, %,d MB; "
                            + "JDK_JAVA_OPTIONS=-Xmx8g enlarges it, and 'quadric describe' shows what methods take",
                    cases,
                    needed.getAsLong() >> 20,
                    heap >> 20));
        }
    }
}
