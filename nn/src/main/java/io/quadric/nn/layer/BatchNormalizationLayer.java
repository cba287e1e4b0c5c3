package io.quadric.nn.layer;

import io.quadric.linalg.Channels;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.registry.Argument;
import java.util.List;

/// y = γ n + β with n = (x − μ) / √(v + ε), each channel of an image, or each feature, also of a sequence, on its own
/// (Ioffe & Szegedy 2015, Algorithm 1). Parameters: `scale` γ and `shift` β, one number for each channel.
///
/// μ and v are mean and variance, divided by their number, of the channel over cases and places, or time steps, of the
/// batch at hand, or where [io.quadric.nn.NormalizationStatistics] are given, theirs. In the first case all derivatives
/// go through them: every output depends on every case, and a batch that has the channel only once is refused, since
/// its own mean would leave 0.
///
/// With s = 1/√(v + ε) and means over cases and places, the derivative of n along ẋ is T(ẋ) = s (ẋ − mean ẋ − n mean
/// nẋ), which is symmetric, so that backwards dx = γ T(dy). The derivative of s along ẋ is −s² mean nẋ. Where cases
/// have weights ρᵢ all means have them, and T is symmetric but for them: dx = ρ γ T(dy / ρ). Padding of sequences
/// enters no mean.
///
/// @param epsilon ε
public record BatchNormalizationLayer(@Argument(otherwise = "1e-5") double epsilon) implements Layer {
    /// Checks the value.
    ///
    /// @throws IllegalArgumentException if `epsilon` is not positive
    public BatchNormalizationLayer {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("ε must be positive, got " + epsilon);
        }
    }

    private static int channels(Shape input) {
        return switch (input) {
            case Shape.Features f -> f.size();
            case Shape.Image i -> i.channels();
            case Shape.Sequence s -> s.features();
        };
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int channels = channels(input);
        return List.of(
                new ParameterSpec("scale", List.of(channels), ParameterSpec.Role.SCALE),
                ParameterSpec.bias("shift", channels, 0));
    }

    /// {@return μ and v of every channel}
    @Override
    public int statisticsSize(Shape input) {
        return 2 * channels(input);
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        Pass pass = new Pass(site, channels(site.input()));
        pass.forward(epsilon, x, y, site.workspace());
        return pass;
    }

    /// The time steps of a sequence are rows of their own.
    private static final class Pass implements LayerPass {
        private final List<ParameterSlice> slices;
        private final boolean ofBatch;
        private final Cases cases;
        private final Shape shape;
        private final int steps;
        private final double count;
        private final Vector statistics;
        private final Vector scale;
        private final Vector shift;
        private final Vector inverseDeviation;
        private final Vector gain;
        private final Matrix normalized;

        Pass(LayerSite site, int channels) {
            slices = site.slices();
            cases = site.cases();
            steps = site.input() instanceof Shape.Sequence s ? s.length() : 1;
            shape = site.input();
            int places = shape.size() / channels;
            count = cases.count() * cases.rows(places, shape).meanPositions();
            ofBatch = site.statistics().size() == 0;
            if (ofBatch && count == 1) {
                throw new IllegalArgumentException("batch-norm takes mean and variance of a batch of one case, "
                        + "expected at least 2; given NormalizationStatistics serve for one");
            }
            statistics = site.frame().vector(Precision.FLOAT64, 2 * channels);
            if (!ofBatch) {
                statistics.copyFrom(site.statistics());
            }
            scale = wide(slices.get(0), site.parameters(), site.frame());
            shift = wide(slices.get(1), site.parameters(), site.frame());
            inverseDeviation = site.frame().vector(Precision.FLOAT64, channels);
            gain = site.frame().vector(Precision.FLOAT64, channels);
            normalized = rows(site.memory(site.input().size()));
        }

        private Matrix rows(Matrix x) {
            return steps == 1 || x.isEmpty() ? x : x.reshape(cases.count() * steps, scale.size());
        }

        private static Vector wide(ParameterSlice slice, Vector flat, Workspace.Frame frame) {
            return frame.vector(Precision.FLOAT64, slice.size()).copyFrom(slice.of(flat));
        }

        private Vector fresh(Workspace.Frame frame) {
            return frame.vector(Precision.FLOAT64, scale.size());
        }

        private void forward(double epsilon, Matrix inputs, Matrix outputs, Workspace ws) {
            Matrix x = rows(inputs);
            int channels = scale.size();
            Vector mean = statistics.slice(0, channels);
            Vector variance = statistics.slice(channels, 2 * channels);
            try (var frame = ws.open()) {
                Vector ones = fresh(frame).fill(1);
                Vector negative = fresh(frame);
                if (ofBatch) {
                    Channels.sums(cases.weighed(x, 1, frame), mean, ws);
                    mean.scale(1 / count);
                }
                negative.axpby(-1, mean, 0);
                Channels.affine(ones, x, negative, normalized, ws);
                cases.lengths().clear(normalized.reshape(inputs.rows(), inputs.columns()), shape);
                if (ofBatch) {
                    Channels.dots(cases.weighed(normalized, 1, frame), normalized, variance, ws);
                    variance.scale(1 / count);
                }
                Elementwise.power(variance, epsilon, -0.5, inverseDeviation);
                Channels.affine(inverseDeviation, normalized, negative.fill(0), normalized, ws);
            }
            product(scale, inverseDeviation, gain, ws);
            Channels.affine(scale, normalized, shift, rows(outputs), ws);
        }

        private static void product(Vector a, Vector b, Vector c, Workspace ws) {
            Hadamard.SET.multiply(a.asRow(), b.asRow(), c.asRow(), ws);
        }

        @Override
        public void statistics(Vector out) {
            out.copyFrom(statistics);
        }

        /// The means of u and of n u, by channel; zero where the statistics do not depend on the inputs.
        private Means means(Matrix u, Workspace.Frame frame) {
            Means means = new Means(fresh(frame), fresh(frame));
            if (ofBatch) {
                Matrix weighed = cases.weighed(u, 1, frame);
                Channels.sums(weighed, means.plain, frame.workspace());
                Channels.dots(normalized, weighed, means.ofProduct, frame.workspace());
                means.plain.scale(1 / count);
                means.ofProduct.scale(1 / count);
            } else {
                means.plain.fill(0);
                means.ofProduct.fill(0);
            }
            return means;
        }

        /// @param plain of u
        /// @param ofProduct of n u
        private record Means(Vector plain, Vector ofProduct) {}

        /// out ← factor (u − mean u − n mean nu)
        private Means project(Vector factor, Matrix u, Matrix out, Workspace.Frame frame) {
            Workspace ws = frame.workspace();
            Means means = means(u, frame);
            Vector coefficient = fresh(frame);
            product(factor, means.plain, coefficient, ws);
            Channels.affine(factor, u, coefficient.scale(-1), out, ws);
            product(factor, means.ofProduct, coefficient, ws);
            Channels.add(coefficient.scale(-1), normalized, out, ws);
            return means;
        }

        @Override
        public void jvp(Vector v, Matrix rx, Matrix outputs, Workspace ws) {
            Matrix ry = rows(outputs);
            try (var frame = ws.open()) {
                if (rx.isEmpty()) {
                    ry.fill(0);
                } else {
                    project(gain, rows(rx), ry, frame);
                }
                Channels.add(wide(slices.get(0), v, frame), normalized, ry, ws);
                Channels.affine(fresh(frame).fill(1), ry, wide(slices.get(1), v, frame), ry, ws);
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            report(normalized, rows(dy), sink, ws);
            reportSums(rows(dy), sink, ws);
            backwardInputs(dy, dx, ws);
        }

        /// dx ← γ T(dy); with weights dx ← ρ γ T(dy / ρ).
        private void backwardInputs(Matrix dy, Matrix dx, Workspace ws) {
            if (!dx.isEmpty()) {
                try (var frame = ws.open()) {
                    project(gain, cases.weighed(rows(dy), -1, frame), rows(dx), frame);
                }
                cases.weigh(dx, 1, ws);
            }
        }

        /// The share of the scale, case by case: sums of n ∘ dy over places or time steps.
        private void report(Matrix n, Matrix dy, Sink sink, Workspace ws) {
            if (sink != Sink.NONE) {
                try (var frame = ws.open()) {
                    Matrix products = frame.matrix(dy.precision(), dy.rows(), dy.columns());
                    Hadamard.SET.multiply(n, dy, products, ws);
                    sink.direct(slices.get(0), placeSums(products, frame), ws);
                }
            }
        }

        private void reportSums(Matrix dy, Sink sink, Workspace ws) {
            if (sink != Sink.NONE) {
                try (var frame = ws.open()) {
                    sink.direct(slices.get(1), placeSums(dy, frame), ws);
                }
            }
        }

        private Matrix placeSums(Matrix x, Workspace.Frame frame) {
            int channels = scale.size();
            int count = cases.count();
            Matrix sums = frame.matrix(x.precision(), count, channels);
            if (steps == 1) {
                Elementwise.rowSums(x.reshape(count * channels, x.columns() / channels), sums.flat());
                return sums;
            }
            Matrix byCase = x.reshape(count, steps * channels);
            sums.copyFrom(byCase.columns(0, channels));
            for (int t = 1; t < steps; t++) {
                Elementwise.axpby(1, byCase.columns(t * channels, (t + 1) * channels), 1, sums, frame.workspace());
            }
            return sums;
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backwardInputs(dy, dx, frame.workspace());
            return (v, rx, ry, scratch) -> {
                jvp(v, rx, ry, scratch.workspace());
                return new Back(rows(dy), v, rows(rx));
            };
        }

        private final class Back implements SecondOrderPass.RBackward {
            private final Matrix cotangents;
            private final Vector direction;
            private final Matrix tangents;

            Back(Matrix cotangents, Vector direction, Matrix tangents) {
                this.cotangents = cotangents;
                this.direction = direction;
                this.tangents = tangents;
            }

            @Override
            public void rBackward(Matrix rdy, Matrix cotangentOut, Sink sink, Workspace ws) {
                backward(rdy, cotangentOut, sink, ws);
                Matrix rdx = rows(cotangentOut);
                cases.weigh(rdx, -1, ws);
                try (var frame = ws.open()) {
                    Matrix dy = cases.weighed(cotangents, -1, frame);
                    Vector factor = wide(slices.get(0), direction, frame);
                    product(factor, inverseDeviation, factor, ws);
                    if (!tangents.isEmpty()) {
                        Matrix moved = like(cotangents, frame);
                        Means means = project(inverseDeviation, tangents, moved, frame);
                        report(moved, cotangents, sink, ws);
                        // γ times the derivative of s: −s² mean nẋ
                        Vector bend = fresh(frame);
                        product(gain, means.ofProduct, bend, ws);
                        product(bend, inverseDeviation, bend, ws);
                        factor.axpy(-1, bend);
                        addMoved(dy, moved, rdx, frame);
                    }
                    addProjected(factor, dy, rdx, frame);
                }
                cases.weigh(rdx, 1, ws);
            }

            /// rdx ← rdx − γ s (ṅ mean(n dy) + n mean(ṅ dy)), for statistics of the batch
            private void addMoved(Matrix dy, Matrix moved, Matrix rdx, Workspace.Frame frame) {
                if (rdx.isEmpty() || !ofBatch) {
                    return;
                }
                Workspace ws = frame.workspace();
                Vector coefficient = fresh(frame);
                Matrix weighed = cases.weighed(dy, 1, frame);
                Channels.dots(normalized, weighed, coefficient, ws);
                product(gain, coefficient.scale(-1 / count), coefficient, ws);
                Channels.add(coefficient, moved, rdx, ws);
                Channels.dots(moved, weighed, coefficient, ws);
                product(gain, coefficient.scale(-1 / count), coefficient, ws);
                Channels.add(coefficient, normalized, rdx, ws);
            }

            private static Matrix like(Matrix x, Workspace.Frame frame) {
                return frame.matrix(x.precision(), x.rows(), x.columns());
            }

            /// rdx ← rdx + factor (dy − mean dy − n mean(n dy))
            private void addProjected(Vector factor, Matrix dy, Matrix rdx, Workspace.Frame frame) {
                if (!rdx.isEmpty()) {
                    Matrix projected = like(dy, frame);
                    project(factor, dy, projected, frame);
                    Elementwise.axpby(1, projected, 1, rdx, frame.workspace());
                }
            }
        }
    }
}
