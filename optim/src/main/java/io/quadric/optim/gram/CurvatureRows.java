package io.quadric.optim.gram;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.optim.gram.Smw.SubsampledMatrix;
import java.util.ArrayList;
import java.util.List;

/// The matrix J of [Smw] at a linearization, as products with it. Row (c, i) is the gradient of cᵢᵀzᵢ for the cotangent
/// c of case i; the cotangents are the columns of the loss Hessian's square root, or the loss gradient alone.
final class CurvatureRows {
    private final Linearization at;
    private final Workspace ws;
    private final List<Matrix> cotangents = new ArrayList<>();

    /// @param frame the topmost frame; holds the cotangents
    CurvatureRows(Linearization at, SubsampledMatrix matrix, Workspace.Frame frame) {
        this.at = at;
        this.ws = at.workspace();
        boolean root = matrix == SubsampledMatrix.GAUSS_NEWTON;
        for (int c = 0; c < (root ? at.rootColumns() : 1); c++) {
            Matrix cotangent = outputsLike(frame);
            if (root) {
                at.hessianRoot(c, cotangent);
            } else {
                at.lossGradient(cotangent);
            }
            at.weigh(cotangent, 0.5);
            cotangents.add(cotangent);
        }
    }

    private Matrix outputsLike(Workspace.Frame frame) {
        return frame.matrix(at.outputs().precision(), at.outputs().rows(), at.outputs().columns());
    }

    /// The number of rows.
    int count() {
        return cotangents.size() * at.cases();
    }

    /// N₂
    int cases() {
        return at.cases();
    }

    /// The products JJᵀ of the parameter groups; JJᵀ of all parameters is their sum.
    List<GramFactors> gramFactors() {
        GramRecorder recorder = new GramRecorder(count(), cases());
        for (Matrix cotangent : cotangents) {
            at.backward(cotangent, recorder);
            recorder.next();
        }
        return recorder.factors();
    }

    /// u ← J v
    void multiply(Vector v, Vector u) {
        try (var frame = ws.open()) {
            Matrix rz = outputsLike(frame);
            Matrix products = outputsLike(frame);
            at.jvp(v, rz);
            for (int c = 0; c < cotangents.size(); c++) {
                Hadamard.SET.multiply(cotangents.get(c), rz, products, ws);
                Elementwise.rowSums(products, part(u, c));
            }
        }
    }

    /// g ← Jᵀ u, by one backward pass from the combined cotangents.
    void multiplyTransposed(Vector u, Vector g) {
        try (var frame = ws.open()) {
            Matrix sum = outputsLike(frame);
            Matrix scaled = outputsLike(frame);
            sum.fill(0);
            for (int c = 0; c < cotangents.size(); c++) {
                Elementwise.scaleRows(part(u, c), cotangents.get(c), scaled, ws);
                Elementwise.axpby(1, scaled, 1, sum, ws);
            }
            at.vjp(sum, g);
        }
    }

    private Vector part(Vector u, int c) {
        return u.slice(c * cases(), (c + 1) * cases());
    }
}
