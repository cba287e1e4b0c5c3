package io.quadric.nn.layer;

import io.quadric.linalg.Channels;
import io.quadric.linalg.Channels.Term;
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

        /// x − μ, that is, n / s
        private final Matrix centred;

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
            centred = rows(site.memory(site.input().size()));
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
                Channels.affine(ones, x, negative, centred, ws);
                cases.lengths().clear(centred.reshape(inputs.rows(), inputs.columns()), shape);
                if (ofBatch) {
                    Channels.dots(cases.weighed(centred, 1, frame), centred, variance, ws);
                    variance.scale(1 / count);
                }
                Elementwise.power(variance, epsilon, -0.5, inverseDeviation);
            }
            product(scale, inverseDeviation, gain, ws);
            Channels.affine(gain, centred, shift, rows(outputs), ws);
        }

        private static void product(Vector a, Vector b, Vector c, Workspace ws) {
            Hadamard.SET.multiply(a.asRow(), b.asRow(), c.asRow(), ws);
        }

        @Override
        public void statistics(Vector out) {
            out.copyFrom(statistics);
        }

        /// The means of u and of n u, by channel; zero where the statistics do not depend on the inputs.
        ///
        /// @param u with the weights of the cases
        private Means means(Matrix u, Workspace.Frame frame) {
            Means means = new Means(fresh(frame).fill(0), fresh(frame).fill(0));
            if (ofBatch) {
                Channels.sums(u, means.plain, frame.workspace());
                Channels.dots(centred, u, means.ofProduct, frame.workspace());
                product(means.ofProduct, inverseDeviation, means.ofProduct, frame.workspace());
                means.plain.scale(1 / count);
                means.ofProduct.scale(1 / count);
            }
            return means;
        }

        /// The same for cotangents of the outputs, of which the sums of each case are reported.
        private Means reported(Matrix dy, Sink sink, Workspace.Frame frame) {
            Workspace ws = frame.workspace();
            Matrix sums = perCase(frame);
            Channels.caseSums(dy, sums, ws);
            Matrix ofProduct = perCase(frame);
            Channels.caseDots(centred, dy, ofProduct, ws);
            Hadamard.SET.multiply(ofProduct, inverseDeviation.repeated(ofProduct.rows()), ofProduct, ws);
            report(0, ofProduct, sink, ws);
            report(1, sums, sink, ws);
            Means means = new Means(fresh(frame).fill(0), fresh(frame).fill(0));
            if (ofBatch) {
                Elementwise.sumRows(1 / count, sums, 0, means.plain);
                Elementwise.sumRows(1 / count, ofProduct, 0, means.ofProduct);
            }
            return means;
        }

        private Matrix perCase(Workspace.Frame frame) {
            return frame.matrix(Precision.FLOAT64, cases.count(), scale.size());
        }

        /// @param plain of u
        /// @param ofProduct of n u
        private record Means(Vector plain, Vector ofProduct) {}

        /// out ← factor (u − mean u − n mean nu)
        private Means project(Vector factor, Matrix u, Matrix out, Workspace.Frame frame) {
            Means means = means(cases.weighed(u, 1, frame), frame);
            project(factor, u, means, out, frame);
            return means;
        }

        private void project(Vector factor, Matrix u, Means means, Matrix out, Workspace.Frame frame) {
            Means minus = scaled(factor, means, frame);
            Term ofNormalized = normalized(minus.ofProduct, frame.workspace());
            Channels.affine(new Term(factor, u), ofNormalized, minus.plain, out, frame.workspace());
        }

        /// −factor ∘ means
        private Means scaled(Vector factor, Means means, Workspace.Frame frame) {
            Means minus = new Means(fresh(frame), fresh(frame));
            product(factor, means.plain, minus.plain, frame.workspace());
            product(factor, means.ofProduct, minus.ofProduct, frame.workspace());
            minus.plain.scale(-1);
            minus.ofProduct.scale(-1);
            return minus;
        }

        /// n with factors, which are overwritten.
        private Term normalized(Vector factors, Workspace ws) {
            product(factors, inverseDeviation, factors, ws);
            return new Term(factors, centred);
        }

        /// ry ← γ T(rx) + v_scale ∘ n + v_shift
        @Override
        public void jvp(Vector v, Matrix rx, Matrix outputs, Workspace ws) {
            Matrix ry = rows(outputs);
            try (var frame = ws.open()) {
                Vector ofOne = wide(slices.get(1), v, frame);
                Vector ofNormalized = wide(slices.get(0), v, frame);
                if (rx.isEmpty()) {
                    Channels.affine(normalized(ofNormalized, ws).factors(), centred, ofOne, ry, ws);
                    return;
                }
                Matrix tangents = rows(rx);
                Means minus = scaled(gain, means(cases.weighed(tangents, 1, frame), frame), frame);
                ofNormalized.axpy(1, minus.ofProduct);
                ofOne.axpy(1, minus.plain);
                Channels.affine(new Term(gain, tangents), normalized(ofNormalized, ws), ofOne, ry, ws);
            }
        }

        /// dx ← γ T(dy); with weights dx ← ρ γ T(dy / ρ), of which the weighed sums are those of dy.
        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            try (var frame = ws.open()) {
                Means means = sink == Sink.NONE ? means(rows(dy), frame) : reported(rows(dy), sink, frame);
                if (!dx.isEmpty()) {
                    project(gain, cases.weighed(rows(dy), -1, frame), means, rows(dx), frame);
                    cases.weigh(dx, 1, ws);
                }
            }
        }

        /// The share of scale or shift, case by case.
        private void report(int slice, Matrix sums, Sink sink, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix rounded = frame.matrix(centred.precision(), sums.rows(), sums.columns());
                sink.direct(slices.get(slice), rounded.copyFrom(sums), ws);
            }
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backward(dy, dx, Sink.NONE, frame.workspace());
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
                        if (sink != Sink.NONE) {
                            Matrix sums = perCase(frame);
                            Channels.caseDots(moved, cotangents, sums, ws);
                            report(0, sums, sink, ws);
                        }
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
                Channels.dots(centred, weighed, coefficient, ws);
                product(coefficient, inverseDeviation, coefficient, ws);
                product(gain, coefficient.scale(-1 / count), coefficient, ws);
                Channels.add(coefficient, moved, rdx, ws);
                Channels.dots(moved, weighed, coefficient, ws);
                product(gain, coefficient.scale(-1 / count), coefficient, ws);
                Channels.add(normalized(coefficient, ws).factors(), centred, rdx, ws);
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
