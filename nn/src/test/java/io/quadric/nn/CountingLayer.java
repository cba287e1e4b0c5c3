package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A layer that counts the passes through another one.
///
/// @param inner the other layer
/// @param passes of tangents and cotangents so far
record CountingLayer(Layer inner, AtomicInteger passes) implements Layer {
    @Override
    public Shape output(Shape input) {
        return inner.output(input);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return inner.parameters(input);
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        return inner.blocks(input);
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        LayerPass pass = inner.open(site, x, y);
        return new LayerPass() {
            @Override
            public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
                passes.incrementAndGet();
                pass.jvp(v, rx, ry, ws);
            }

            @Override
            public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
                passes.incrementAndGet();
                pass.backward(dy, dx, sink, ws);
            }

            @Override
            public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
                SecondOrderPass second = pass.second(dy, dx, frame);
                return (v, rx, ry, scratch) -> {
                    passes.incrementAndGet();
                    SecondOrderPass.RBackward back = second.rForward(v, rx, ry, scratch);
                    return (rdy, rdx, sink, ws) -> {
                        passes.incrementAndGet();
                        back.rBackward(rdy, rdx, sink, ws);
                    };
                };
            }
        };
    }
}
