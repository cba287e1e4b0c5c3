package io.quadric.verify;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import java.util.List;

/// y = w ∘ x with one trainable w for each element of a case, of any shape. It couples parameters to the inputs and the
/// outputs of a layer under test, and reports its gradient case by case.
record ScaleLayer() implements Layer {
    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return List.of(new ParameterSpec("scale", List.of(input.size()), ParameterSpec.Role.SCALE));
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        return new Pass(site, x, y);
    }

    private static final class Pass implements LayerPass {
        private final ParameterSlice slice;
        private final Matrix scales;
        private final int rows;
        private final Matrix inputs;

        Pass(LayerSite site, Matrix x, Matrix y) {
            slice = site.slices().getFirst();
            rows = site.cases().count();
            scales = site.memory(site.input().size());
            inputs = x;
            repeat(slice.of(site.parameters()), scales, site.workspace());
            Hadamard.SET.multiply(scales, x, y, site.workspace());
        }

        /// One row of the vector for every case.
        private static void repeat(Vector row, Matrix x, Workspace ws) {
            x.fill(0);
            Elementwise.addRow(row, x, ws);
        }

        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            addDirection(v, inputs, 0, ry, ws);
            if (!rx.isEmpty()) {
                Hadamard.ADD.multiply(scales, rx, ry, ws);
            }
        }

        /// y ← (v's part) ∘ x + b y
        private void addDirection(Vector v, Matrix x, double b, Matrix y, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix directions = frame.matrix(x.precision(), rows, x.columns());
                repeat(slice.of(v), directions, ws);
                new Hadamard(1, b).multiply(directions, x, y, ws);
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            report(inputs, dy, sink, ws);
            if (!dx.isEmpty()) {
                Hadamard.SET.multiply(scales, dy, dx, ws);
            }
        }

        private void report(Matrix x, Matrix dy, Sink sink, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix gradients = frame.matrix(x.precision(), rows, x.columns());
                Hadamard.SET.multiply(x, dy, gradients, ws);
                sink.direct(slice, gradients, ws);
            }
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backward(dy, dx, Sink.NONE, frame.workspace());
            return (v, rx, ry, scratch) -> {
                jvp(v, rx, ry, scratch.workspace());
                return (rdy, rdx, sink, ws) -> {
                    report(inputs, rdy, sink, ws);
                    if (!rx.isEmpty()) {
                        report(rx, dy, sink, ws);
                    }
                    if (!rdx.isEmpty()) {
                        Hadamard.SET.multiply(scales, rdy, rdx, ws);
                        addDirection(v, dy, 1, rdx, ws);
                    }
                };
            };
        }
    }
}
