package io.quadric.bench;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Initializer;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.RowChunks;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The passes of one convolution, and the matrix product of its weight, taking turns.
final class ConvolutionTurns {
    private static final Precision PRECISION = Precision.FLOAT32;
    private static final int SIDE = 3;
    private static final int PLACES = 8192;

    private ConvolutionTurns() {}

    /// A convolution with a window of 3 × 3 and padding 1.
    ///
    /// @param input images before it
    /// @param channels of its output
    /// @param stride of the window
    record Site(Shape.Image input, int channels, int stride) {
        ConvolutionLayer layer() {
            return new ConvolutionLayer(channels, new Window(SIDE, SIDE, stride, 1), false);
        }

        int patch() {
            return input.channels() * SIDE * SIDE;
        }

        /// Multiplications and additions of one pass for one place.
        double operations() {
            return 2.0 * patch() * channels;
        }
    }

    /// A row of the table.
    static String row(Site site, int cases, int threads, double seconds) {
        InterleavedTimer turns = new InterleavedTimer();
        try (Workspace ws = Workspace.withThreads(threads); var frame = ws.open()) {
            add(site, cases, frame, turns);
            addProduct(site, ws, turns);
            turns.run(seconds);
        }
        Shape.Image output = (Shape.Image) site.layer().output(site.input());
        double operations = site.operations() * cases * output.height() * output.width();
        String row = String.format(Locale.ROOT, "| %d × %d × %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f |",
                site.input().channels(),
                site.input().height(),
                site.input().width(),
                site.channels(),
                site.stride(),
                threads,
                operations / turns.seconds("forward") * 1e-9,
                operations / turns.seconds("backward") * 1e-9,
                operations / turns.seconds("gradient") * 1e-9,
                site.operations() * PLACES / turns.seconds("product") * 1e-9);
        System.out.println(row);
        return row + "\n";
    }

    private static void add(Site site, int cases, Workspace.Frame frame, InterleavedTimer turns) {
        Workspace ws = frame.workspace();
        Network network = new Network(site.input(), List.of(site.layer()));
        Parameters parameters = network.initialize(Initializer.glorot(), PRECISION, random());
        LayerSite place = new LayerSite(
                site.input(),
                new Cases(cases),
                parameters.values(),
                network.slices(0),
                network.blocks(0),
                Vector.zeros(Precision.FLOAT64, 0),
                frame);
        Matrix x = uniform(cases, site.input().size());
        Matrix y = uniform(cases, network.output().size());
        LayerPass pass = site.layer().open(place, x, y);
        Matrix dy = uniform(cases, network.output().size());
        Matrix dx = uniform(cases, site.input().size());
        Matrix nothing = Matrix.empty(PRECISION);
        Sink sum = new Sum(Vector.zeros(PRECISION, parameters.values().size()));
        turns.add("forward", () -> site.layer().open(place, x, y))
                .add("backward", () -> pass.backward(dy, dx, Sink.NONE, ws))
                .add("gradient", () -> pass.backward(dy, nothing, sum, ws));
    }

    private static void addProduct(Site site, Workspace ws, InterleavedTimer turns) {
        Matrix weight = uniform(site.channels(), site.patch());
        Matrix patches = uniform(site.patch(), PLACES);
        Matrix out = uniform(site.channels(), PLACES);
        turns.add("product", () -> Gemm.SET.multiply(weight, patches, out, ws));
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    }

    private static Matrix uniform(int rows, int columns) {
        Matrix m = Matrix.zeros(PRECISION, rows, columns);
        Sampling.uniform(-1, 1, random(), m);
        return m;
    }

    /// The gradient of the weight.
    private record Sum(Vector gradient) implements Sink {
        @Override
        public void affine(AffineBlock block, Rows rows, Workspace ws) {
            throw new IllegalStateException("blocks expected");
        }

        @Override
        public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
            rows.addGradient(1, block.weight().matrixOf(gradient), ws);
        }

        @Override
        public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
            throw new IllegalStateException("a convolution reports blocks only");
        }
    }
}
