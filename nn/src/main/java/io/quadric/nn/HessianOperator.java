package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.GradientSink;
import io.quadric.nn.layer.LayerChain;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.layer.Sink;

/// The Hessian of the objective at a linearization. Its construction runs one backward pass and keeps the cotangents;
/// every product is then one R-forward and one R-backward pass.
final class HessianOperator implements CurvatureOperator {
    private final Linearization at;
    private final Workspace.Frame frame;
    private final LayerChain.Second layers;

    HessianOperator(Linearization at, LayerChain parametric, Workspace.Frame frame) {
        this.at = at;
        this.frame = frame;
        Matrix dz = at.outputsLike(frame);
        at.lossGradient(dz);
        at.weigh(dz, 1);
        layers = parametric.second(dz, at.noMatrix(), frame);
    }

    @Override
    public int size() {
        return at.parameters().values().size();
    }

    @Override
    public Precision precision() {
        return at.parameters().values().precision();
    }

    @Override
    public void apply(Vector v, Vector hv, Workspace ws) {
        check(v, hv);
        requireCurrent();
        multiply(layers, v, new GradientSink(hv.fill(0), 1.0 / at.cases()), ws);
        at.model().addPenalty(v, hv, ws);
    }

    private void requireCurrent() {
        at.requireCurrent();
        frame.requireOpen();
    }

    /// Forward along v and back to the first of the layers.
    private void multiply(SecondOrderPass from, Vector v, Sink sink, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix rz = at.outputsLike(frame);
            Matrix rdz = at.outputsLike(frame);
            SecondOrderPass.RBackward back = from.rForward(v, at.noMatrix(), rz, frame);
            at.batchLoss().hessianProduct(rz, rdz, ws);
            back.rBackward(rdz, at.noMatrix(), sink, ws);
        }
    }

    @Override
    public SelfAdjointOperator restrictedTo(ParameterBlock block) {
        return new Block(this, new BlockWalk(at, block));
    }

    /// A diagonal block.
    ///
    /// @param whole the matrix
    /// @param walk the block and the layers that its products go through
    private record Block(HessianOperator whole, BlockWalk walk) implements SelfAdjointOperator {
        @Override
        public int size() {
            return walk.block().size();
        }

        @Override
        public Precision precision() {
            return whole.precision();
        }

        @Override
        public void apply(Vector v, Vector product, Workspace ws) {
            check(v, product);
            whole.requireCurrent();
            try (var frame = ws.open()) {
                Vector direction = frame.vector(precision(), whole.size()).fill(0);
                Vector image = frame.vector(precision(), whole.size());
                walk.block().scatter(v, direction);
                whole.multiply(whole.layers.from(walk.first()), direction, walk.sink(image), ws);
                walk.block().gather(image, product);
            }
            whole.at.model().addPenalty(v, product, ws);
        }
    }
}
