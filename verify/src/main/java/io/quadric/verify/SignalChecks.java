package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Tells where a check proves little, since parameters are so small or so large that the network is linear or constant
/// around them: then a wrong derivative agrees too (Martens & Sutskever 2012, §7.2).
final class SignalChecks {
    /// A part of the largest derivative that no bound of differences would miss if it were wrong.
    private static final double NEGLIGIBLE = 1e-6;

    /// Change of a derivative, between arguments 0 and about 1, that only a nonlinear layer shows.
    private static final double NONLINEAR = 1e-3;

    private SignalChecks() {}

    /// {@return one line for each thing that is not really tested}
    static List<String> warnings(Probe probe) {
        List<String> warnings = new ArrayList<>();
        Vector g = probe.vjp(probe.cotangent());
        double largest = Errors.largest(g.toArray());
        List<String> dead = probe.subject().parameters().layout().slices().stream()
                .filter(slice -> Errors.largest(slice.of(g).toArray()) <= NEGLIGIBLE * largest)
                .map(ParameterSlice::name)
                .toList();
        if (!dead.isEmpty()) {
            warnings.add("the outputs hardly depend on " + String.join(", ", dead)
                    + ": units are saturated or dead, or parameters far too small");
        }
        Matrix dz = probe.outputsLike();
        probe.at().lossGradient(dz);
        if (Errors.largest(dz.flat().toArray()) <= NEGLIGIBLE) {
            warnings.add("the gradient of the loss nearly vanishes: second derivatives of the network are not tested");
        }
        addUnbent(probe, warnings);
        return warnings;
    }

    /// Layers that would bend, at inputs too small for it.
    private static void addUnbent(Probe probe, List<String> warnings) {
        Subject subject = probe.subject().in(Precision.FLOAT64);
        Network network = subject.model().network();
        Matrix x = subject.batch().inputs();
        int from = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            Network alone = new Network(network.shape(i), List.of(layer));
            Vector own = subject.parameters().values().slice(from, from + alone.layout().size());
            if (!layer.hasKinks() && new Bend(alone, own, x, probe.workspace()).isMissing(probe.random())) {
                warnings.add("layer " + i + ", " + layer
                        + ", is not linear, but its inputs are so small that it seems to be");
            }
            x = RandomData.outputs(alone, own, x, probe.workspace());
            from += own.size();
        }
    }

    /// One layer at its inputs.
    private record Bend(Network alone, Vector values, Matrix inputs, Workspace ws) {
        boolean isMissing(RandomGenerator random) {
            Matrix rx = inputs.copy();
            Matrix typical = inputs.copy();
            Sampling.gaussian(0, 1, random, rx);
            Sampling.gaussian(0, 1, random, typical);
            double[] at0 = tangents(inputs.copy().fill(0), rx);
            double floor = Errors.largest(rx.flat().toArray()) * NEGLIGIBLE;
            return Errors.relative(tangents(inputs, rx), at0, floor) <= NEGLIGIBLE
                    && Errors.relative(tangents(typical, rx), at0, floor) > NONLINEAR;
        }

        /// What the layer makes of tangents at some inputs.
        private double[] tangents(Matrix x, Matrix rx) {
            try (var frame = ws.open()) {
                Vector fromBatch = Vector.zeros(Precision.FLOAT64, 0);
                LayerSite site = new LayerSite(
                        alone.input(), new Cases(x.rows()), values, alone.slices(0), alone.blocks(0), fromBatch, frame);
                Matrix y = Matrix.zeros(x.precision(), x.rows(), alone.output().size());
                Matrix ry = y.copy();
                LayerPass pass = alone.layers().getFirst().open(site, x, y);
                pass.jvp(Vector.zeros(Precision.FLOAT64, values.size()), rx, ry, ws);
                return ry.flat().toArray();
            }
        }
    }
}
