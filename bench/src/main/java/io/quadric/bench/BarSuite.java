package io.quadric.bench;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Random;

/// Every bar of docs/performance.md in one table, with what was measured beside it and a mark where it is missed, to
/// `bench/results/<date>-bars.md`: products, factorisations, derivatives, steps, and what a step allocates. Some
/// minutes; the single suites have the details.
public final class BarSuite {
    private static final int[] ORDERS = {500, 1001, 2000};
    private static final int[] CASES = {256, 1000, 4096};
    private static final int OTHER_SHAPES = 12;
    private static final double SECONDS = 1;

    /// Read by nobody, so that what is measured is not optimised away.
    private static volatile double result;

    private final BarTable table = new BarTable();
    private final boolean peer = ResultFile.openBlasIsInstalled();
    private final int mostThreads;

    private BarSuite(int mostThreads) {
        this.mostThreads = mostThreads;
    }

    /// Runs the suite. The table is written after each part.
    ///
    /// @param args the directory of the result file, `bench/results` if absent; then the most threads, 2 if absent;
    ///     then some of `products`, `factorisations`, `derivatives`, `steps` and `allocations`, all if absent
    /// @throws IOException if the file cannot be written
    /// @throws IllegalArgumentException if there is no such part
    public static void main(String[] args) throws IOException {
        BarSuite suite = new BarSuite(args.length > 1 ? Integer.parseInt(args[1]) : 2);
        Map<String, Runnable> parts = suite.parts();
        List<String> all = List.copyOf(parts.keySet());
        List<String> chosen = args.length > 2 ? Arrays.asList(args).subList(2, args.length) : all;
        for (String part : chosen) {
            if (!parts.containsKey(part)) {
                throw new IllegalArgumentException(
                        "there is no part '" + part + "', expected some of " + all);
            }
        }
        for (String part : chosen) {
            parts.get(part).run();
            ResultFile.write(args, "bars", "Measured, and the bars", suite.table.text());
        }
    }

    private Map<String, Runnable> parts() {
        Map<String, Runnable> parts = new LinkedHashMap<>();
        parts.put("products", this::products);
        parts.put("factorisations", this::factorisations);
        parts.put("derivatives", this::derivatives);
        parts.put("steps", this::steps);
        parts.put("allocations", this::allocations);
        return parts;
    }

    private void products() {
        for (Precision precision : Precision.values()) {
            GemmSuite.SHAPES.forEach(shape -> GemmSuite.warmUp(shape, precision));
            InterleavedTimer registers = new InterleavedTimer().add("peak", () -> result = RegisterPeak.run(precision));
            registers.run(SECONDS);
            double peak = RegisterPeak.operations(precision) / registers.seconds("peak");
            for (int threads = 1; threads <= mostThreads; threads++) {
                for (String shape : GemmSuite.SHAPES) {
                    product(shape, precision, threads, 0.95);
                }
                Random random = new Random(1);
                for (int i = 0; i < OTHER_SHAPES; i++) {
                    product(otherShape(random), precision, threads, 0.9);
                }
            }
            ofPeak(precision, peak);
        }
    }

    /// Between 16 and 1,600 of each, all sizes equally likely by their logarithm.
    private static String otherShape(Random random) {
        int[] sizes = random.doubles(3).mapToInt(u -> (int) (16 * Math.pow(100, u))).toArray();
        return sizes[0] + "x" + sizes[1] + "x" + sizes[2] + ":" + List.of("NN", "NT", "TN").get(random.nextInt(3));
    }

    private void product(String shape, Precision precision, int threads, double bar) {
        if (!peer) {
            return;
        }
        GemmBenchmark b = GemmSuite.benchmark(shape, precision, threads);
        InterleavedTimer turns = new InterleavedTimer().add("ours", b::quadric).add("peer", b::openBlas).run(SECONDS);
        b.tearDown();
        String what = "product " + shape.replace('x', '×').replace(':', ' ') + ", OpenBLAS's time ÷ ours";
        table.atLeast(named(what, precision, threads), turns.seconds("peer") / turns.seconds("ours"), bar);
    }

    /// The rate of products and the share of symmetric ones, with one thread.
    private void ofPeak(Precision precision, double peak) {
        for (int n : new int[]{256, 512, 1024, 2048}) {
            GemmBenchmark b = GemmSuite.benchmark(n + "x" + n + "x" + n + ":NN", precision, 1);
            InterleavedTimer turns = new InterleavedTimer().add("product", b::quadric).add("syrk", b::syrk);
            turns.run(SECONDS);
            b.tearDown();
            double rate = GemmShape.of(b.shape).operations() / turns.seconds("product");
            if (n >= 512) {
                table.atLeast(named("product of order " + n + ", rate ÷ registers'", precision, 1), rate / peak, 0.9);
            }
            double share = turns.seconds("syrk") / turns.seconds("product");
            table.atMost(named("A Aᵀ of order " + n + " ÷ product", precision, 1), share, 0.6);
        }
    }

    private void factorisations() {
        for (Precision precision : Precision.values()) {
            for (int n : peer ? ORDERS : new int[0]) {
                FactorizationBenchmark b = FactorizationSuite.benchmark(n, precision, 1);
                InterleavedTimer cholesky = new InterleavedTimer().add("ours", b::choleskyQuadric)
                        .add("peer", b::choleskyOpenBlas).run(SECONDS);
                InterleavedTimer inverse = new InterleavedTimer().add("ours", b::inverseQuadric)
                        .add("peer", b::inverseOpenBlas).run(SECONDS);
                over("Cholesky of order " + n + " ÷ LAPACK's time", precision, cholesky, 1.25);
                over("inverse of order " + n + " ÷ LAPACK's time", precision, inverse, 1.25);
                if (n == ORDERS[0]) {
                    InterleavedTimer eigen = new InterleavedTimer().add("ours", b::eigenQuadric)
                            .add("peer", b::eigenOpenBlas).run(SECONDS);
                    over("eigendecomposition of order " + n + " ÷ LAPACK's time", precision, eigen, 3);
                }
                b.tearDown();
            }
        }
    }

    private void over(String what, Precision precision, InterleavedTimer turns, double bar) {
        table.atMost(named(what, precision, 1), turns.seconds("ours") / turns.seconds("peer"), bar);
    }

    private void derivatives() {
        for (int threads = 1; threads <= mostThreads; threads++) {
            InterleavedTimer turns = AutoencoderSuite.turns(1000, Precision.FLOAT32, threads);
            double gradient = turns.seconds("gradient");
            table.atLeast(named("autoencoder, 1000 cases: its products ÷ gradient", Precision.FLOAT32, threads),
                    turns.seconds("products") / gradient, 0.92);
            table.atMost(named("Gauss-Newton product ÷ gradient", Precision.FLOAT32, threads),
                    turns.seconds("gauss-newton") / gradient, 1.4);
            table.atMost(named("Hessian product ÷ gradient", Precision.FLOAT32, threads),
                    turns.seconds("hessian") / gradient, 2.2);
        }
    }

    private void steps() {
        try (Workspace ws = Workspace.withThreads(1)) {
            for (int cases : CASES) {
                StepSuite suite = new StepSuite(cases, 1, ws);
                for (Entry<String, Optimizer> method : firstOrder().entrySet()) {
                    table.atMost(method.getKey() + ", " + cases + " cases: step ÷ gradient",
                            suite.measure(method.getValue()).mean(), 1.02);
                }
                for (StepMethod method : StepMethod.values()) {
                    double mean = suite.measure(method.optimizer()).mean();
                    table.atMost(method.title() + ", " + cases + " cases: step ÷ floor by count",
                            mean / suite.floor(method), 1.05);
                }
            }
        }
    }

    private void allocations() {
        Map<String, Optimizer> methods = firstOrder();
        for (StepMethod method : StepMethod.values()) {
            methods.put(method.title(), method.optimizer());
        }
        try (Workspace ws = Workspace.withThreads(1)) {
            StepSuite suite = new StepSuite(CASES[0], 1, ws);
            methods.forEach((title, optimizer) -> table.atMost(title + ": KB allocated in a step",
                    suite.allocated(optimizer) / 1e3, 16));
        }
    }

    private static Map<String, Optimizer> firstOrder() {
        Map<String, Optimizer> methods = new LinkedHashMap<>();
        methods.put("SGD", Optimizers.sgd());
        methods.put("Adam", Optimizers.adam());
        return methods;
    }

    private static String named(String what, Precision precision, int threads) {
        return what + ", " + precision + (threads > 1 ? ", " + threads + " threads" : "");
    }
}
