package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseGradients;
import io.quadric.nn.GaussNewtonDiagonal;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Laws of sequences of different lengths, and of weighted cases. Lengths and weights are drawn for the subject's
/// cases, whether it has some of its own or not.
final class CaseLaws {
    private static final int HEAVIEST = 3;

    /// What padding may hold.
    private static final double[] PADDING = {Double.NaN, 1e30, Double.NEGATIVE_INFINITY};

    static final List<Law> ALL = List.of(
            new Law(
                    "padding-enters-nothing",
                    "all figures have the same bits whatever lies after the end of a sequence",
                    Bound.EXACT,
                    CaseLaws::padding),
            new Law(
                    "lengths-are-lengths",
                    "a case of fewer time steps is that case in a network for as many time steps",
                    Bound.ROUNDING,
                    CaseLaws::lengths),
            new Law(
                    "weights-repeat-cases",
                    "a case of weight k counts as k cases of weight 1",
                    Bound.ROUNDING,
                    CaseLaws::weights),
            new Law(
                    "weight-zero-is-absence",
                    "all figures have the same bits with cases of weight 0 and without them",
                    Bound.EXACT,
                    CaseLaws::zeroWeight));

    private CaseLaws() {}

    private static int steps(Probe probe) {
        return probe.subject().model().network().input() instanceof Shape.Sequence s ? s.length() : 0;
    }

    private static Batch withLengths(Probe probe) {
        Batch batch = probe.subject().batch();
        int[] lengths = probe.random().ints(batch.cases(), 1, steps(probe) + 1).toArray();
        return new Batch(batch.inputs(), batch.targets(), Lengths.of(lengths), batch.weights());
    }

    private static OptionalDouble padding(Probe probe) {
        if (steps(probe) == 0) {
            return OptionalDouble.empty();
        }
        Batch batch = withLengths(probe);
        long seed = probe.random().nextLong();
        double[] expected = everything(probe, batch, 0, seed);
        double error = 0;
        for (double padding : PADDING) {
            Matrix x = batch.inputs().copy();
            Matrix t = batch.targets().copy();
            fill(x, probe.subject().model().network().input(), batch.lengths(), padding);
            fill(t, probe.subject().model().targets(), batch.lengths(), padding);
            error = Errors.max(error, Errors.relative(everything(probe, batch.with(x, t), padding, seed), expected));
        }
        return OptionalDouble.of(error);
    }

    private static void fill(Matrix rows, Shape shape, Lengths lengths, double padding) {
        if (shape instanceof Shape.Sequence s) {
            for (int i = 0; i < rows.rows(); i++) {
                rows.row(i).slice(lengths.at(i, s.length()) * s.features(), s.size()).fill(padding);
            }
        }
    }

    /// Every figure of a batch, from the same random numbers for the same seed.
    private static double[] everything(Probe probe, Batch batch, double padding, long seed) {
        Subject subject = probe.subject();
        List<double[]> all = new ArrayList<>();
        try (var at = Linearization.at(subject.model(), subject.parameters(), batch, probe.workspace())) {
            Probe here = new Probe(subject, at, RandomData.generator(seed));
            Vector v = here.direction();
            Matrix u = here.cotangent();
            fill(u, subject.model().network().output(), batch.lengths(), padding);
            all.add(here.flatOutputs().toArray());
            all.add(here.jvp(v).flat().toArray());
            all.add(here.vjp(u).toArray());
            addMeans(here, v, all);
            Matrix gradients = Matrix.zeros(probe.precision(), batch.cases(), probe.size());
            CaseGradients.of(at, gradients);
            all.add(gradients.flat().toArray());
        }
        return all.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /// What is a mean over the cases.
    private static void addMeans(Probe here, Vector v, List<double[]> all) {
        Linearization at = here.at();
        Vector diagonal = Vector.zeros(here.precision(), here.size());
        all.add(new double[]{at.loss()});
        all.add(here.gradient().toArray());
        all.add(here.gaussNewton(v).toArray());
        all.add(here.hessian(v).toArray());
        at.empiricalFisherDiagonal(diagonal);
        all.add(diagonal.toArray());
        GaussNewtonDiagonal.exact(at, diagonal);
        all.add(diagonal.toArray());
        KroneckerFactors factors = new KroneckerFactors(at.parameters().layout(), here.precision());
        factors.observe(new Observation(0, 1), at, GradientSource.EMPIRICAL, here.random());
        for (int i = 0; i < factors.count(); i++) {
            all.add(factors.input(i).flat().toArray());
            all.add(factors.output(i).flat().toArray());
        }
    }

    /// Outputs, gradients and products with the Hessian, case by case.
    private static OptionalDouble lengths(Probe probe) {
        if (steps(probe) == 0 || probe.at().couplesCases()) {
            return OptionalDouble.empty();
        }
        Batch batch = withLengths(probe);
        Vector v = probe.direction();
        double error = 0;
        for (int i = 0; i < batch.cases(); i++) {
            Subject one = new Subject("", probe.subject().model(), probe.subject().parameters(), batch.rows(i, i + 1));
            if (isOfItsLength(one)) {
                double[] padded = ofOneCase(one, v, probe.workspace());
                double[] alone = ofOneCase(trimmed(one), v, probe.workspace());
                double floor = Errors.FLOOR * (probe.gradientSize() + probe.curvatureSize(v));
                error = Errors.max(error, Errors.relative(padded, alone, floor));
            }
        }
        return OptionalDouble.of(error);
    }

    /// Whether the layers have the same parameters for the length of the case as for all time steps, as they do unless
    /// one flattens a sequence.
    private static boolean isOfItsLength(Subject one) {
        List<ParameterSlice> slices = one.model().network().layout().slices();
        try {
            return shorter(one).layout().slices().equals(slices);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Network shorter(Subject one) {
        Shape.Sequence input = (Shape.Sequence) one.model().network().input();
        List<Layer> layers = one.model().network().layers();
        int length = one.batch().lengths().at(0, input.length());
        return new Network(new Shape.Sequence(length, input.features()), layers);
    }

    /// The only case without its padding.
    private static Subject trimmed(Subject one) {
        Model model = new Model(shorter(one), one.model().loss(), one.model().l2());
        Batch batch = new Batch(
                one.batch().inputs().columns(0, model.network().input().size()).copy(),
                one.batch().targets().columns(0, model.targets().size()).copy());
        Parameters parameters = new Parameters(model.network().layout(), one.parameters().values());
        return new Subject("", model, parameters, batch);
    }

    private static double[] ofOneCase(Subject one, Vector v, Workspace ws) {
        int outputs = one.model().network().output() instanceof Shape.Sequence s
                ? one.batch().lengths().at(0, s.length()) * s.features()
                : one.model().network().output().size();
        try (var at = Linearization.at(one.model(), one.parameters(), one.batch(), ws)) {
            Probe probe = new Probe(one, at, RandomData.generator(1));
            List<double[]> all = List.of(
                    at.outputs().row(0).slice(0, outputs).toArray(),
                    new double[]{at.loss()},
                    probe.gradient().toArray(),
                    probe.gaussNewton(v).toArray(),
                    probe.hessian(v).toArray());
            return all.stream().flatMapToDouble(Arrays::stream).toArray();
        }
    }

    private static OptionalDouble weights(Probe probe) {
        Subject subject = probe.subject();
        Batch batch = subject.batch();
        int[] weights = probe.random().ints(batch.cases(), 1, HEAVIEST + 1).toArray();
        int[] repeated = IntStream.range(0, weights.length)
                .flatMap(i -> IntStream.range(0, weights[i]).map(k -> i))
                .toArray();
        Batch equal = new Batch(batch.inputs(), batch.targets(), batch.lengths(), Weights.EQUAL);
        Batch weighted = new Batch(batch.inputs(), batch.targets(), batch.lengths(),
                Weights.of(Arrays.stream(weights).asDoubleStream().toArray()));
        Vector v = probe.direction();
        List<double[]> got = means(subject, weighted, v, probe.workspace());
        List<double[]> expected = means(subject, equal.chosen(repeated), v, probe.workspace());
        double size = probe.gradientSize();
        double floor = Errors.FLOOR * (size + size * size + probe.curvatureSize(v) + Errors.largest(
                probe.flatOutputs().toArray()));
        double error = 0;
        for (int i = 0; i < got.size(); i++) {
            error = Errors.max(error, Errors.relative(got.get(i), expected.get(i), floor));
        }
        return OptionalDouble.of(error);
    }

    private static List<double[]> means(Subject subject, Batch batch, Vector v, Workspace ws) {
        List<double[]> all = new ArrayList<>();
        try (var at = Linearization.at(subject.model(), subject.parameters(), batch, ws)) {
            addMeans(new Probe(subject, at, RandomData.generator(1)), v, all);
        }
        return all;
    }

    /// With a case of numbers that are none, which counts nothing.
    private static OptionalDouble zeroWeight(Probe probe) {
        Batch batch = probe.subject().batch();
        int n = batch.cases();
        int absent = probe.random().nextInt(n + 1);
        int[] places = IntStream.range(0, n + 1).filter(i -> i != absent).toArray();
        double[] weights = new double[n + 1];
        int[] lengths = new int[n + 1];
        Arrays.fill(lengths, 1);
        Matrix x = Matrix.zeros(probe.precision(), n + 1, batch.inputs().columns()).fill(Double.NaN);
        Matrix t = Matrix.zeros(probe.precision(), n + 1, batch.targets().columns()).fill(Double.NaN);
        for (int i = 0; i < n; i++) {
            x.row(places[i]).copyFrom(batch.inputs().row(i));
            t.row(places[i]).copyFrom(batch.targets().row(i));
            weights[places[i]] = batch.weights().at(i);
            lengths[places[i]] = batch.lengths().at(i, steps(probe));
        }
        Lengths all = batch.lengths().areFull() ? Lengths.FULL : Lengths.of(lengths);
        long seed = probe.random().nextLong();
        return OptionalDouble.of(Errors.relative(
                everything(probe, new Batch(x, t, all, Weights.of(weights)), 0, seed),
                everything(probe, new Batch(batch.inputs(), batch.targets(), batch.lengths(),
                        Weights.of(IntStream.range(0, n).mapToDouble(batch.weights()::at).toArray())), 0, seed)));
    }
}
