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
        public LayerPass open(LayerSite site) {
            return new Pass();
        }

        private static final class Pass implements LayerPass {
            private Matrix x;

            @Override
            public void forward(Matrix x, Matrix y, Workspace ws) {
                this.x = x;
                Hadamard.SET.multiply(x, x, y, ws);
            }

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
                return new Second(dy);
            }

            private final class Second implements SecondOrderPass {
                private final Matrix dy;
                private Matrix rx;

                Second(Matrix dy) {
                    this.dy = dy;
                }

                @Override
                public void rForward(Vector v, Matrix rx, Matrix ry, Workspace ws) {
                    this.rx = rx;
                    jvp(v, rx, ry, ws);
                }

                @Override
                public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
                    backward(rdy, rdx, sink, ws);
                    if (!rdx.isEmpty() && !rx.isEmpty()) {
                        new Hadamard(2, 1).multiply(rx, dy, rdx, ws);
                    }
                }
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
