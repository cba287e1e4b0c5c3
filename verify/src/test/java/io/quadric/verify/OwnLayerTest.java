package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ElementwiseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A layer of one's own, and its check.
class OwnLayerTest {
    /// y = x ∘ x
    record Square() implements Layer {
        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public LayerPass open(LayerSite site, Matrix x, Matrix y) {
            Hadamard.SET.multiply(x, x, y, site.workspace());
            return new Pass(x);
        }

        private record Pass(Matrix x) implements LayerPass {
            @Override
            public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
                if (rx.isEmpty()) {
                    ry.fill(0);
                } else {
                    new Hadamard(2, 0).multiply(x, rx, ry, ws);
                }
            }

            @Override
            public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
                if (!dx.isEmpty()) {
                    new Hadamard(2, 0).multiply(x, dy, dx, ws);
                }
            }

            @Override
            public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
                backward(dy, dx, Sink.NONE, frame.workspace());
                return (v, rx, ry, scratch) -> {
                    jvp(v, rx, ry, scratch.workspace());
                    return (rdy, rdx, sink, ws) -> {
                        backward(rdy, rdx, sink, ws);
                        if (!rdx.isEmpty() && !rx.isEmpty()) {
                            new Hadamard(2, 1).multiply(rx, dy, rdx, ws);
                        }
                    };
                };
            }
        }
    }

    /// An elementwise function needs no class of its own.
    @Test
    void threeFunctionsAreALayer() {
        Layer sine = new ElementwiseLayer("sine", Math::sin, Math::cos, x -> -Math.sin(x));
        LawReport report = Laws.check(Subject.ofLayer(sine, new Shape.Features(4), 1), 1);
        assertTrue(report.holds(), report::toString);
        assertEquals(List.of(), report.warnings());

        Layer wrong = new ElementwiseLayer("sine", Math::sin, Math::cos, Math::sin);
        List<LawResult> failures = Laws.check(Subject.ofLayer(wrong, new Shape.Features(4), 1), 1).failures();
        assertTrue(failures.stream().anyMatch(r -> r.law().name().equals("hessian-differences")), failures::toString);
    }

    @Test
    void itObeysTheLaws() {
        LawReport report = Laws.check(Subject.ofLayer(new Square(), new Shape.Image(2, 3, 2), 1), 1);
        assertTrue(report.holds(), report::toString);
    }
}
