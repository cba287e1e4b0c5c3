package io.quadric.linalg.internal.product;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.PatchGeometry;
import io.quadric.linalg.internal.kernel.PlaneLayout;
import io.quadric.linalg.internal.product.PlaneProduct.Factors;
import io.quadric.linalg.internal.product.PlaneSums.Images;
import java.util.List;

/// Convolutions on planes (docs/kernels.md); the caller has checked shapes.
///
/// @param at the images and the window
/// @param outputs output channels
public record PlaneConvolution(PatchGeometry at, int outputs) {
    /// y ← the sum of the convolutions
    public void multiply(List<Factors> products, Matrix y, Workspace ws) {
        PlaneProduct.multiply(forward(y), products, y, ws);
    }

    /// x ← the sum of the transposed convolutions
    public void multiplyTransposed(List<Factors> products, Matrix x, Workspace ws) {
        int tile = KernelProvider.planes(x.precision()).tileColumns();
        PlaneLayout each = PlaneLayout.backward(at, outputs, 1, tile);
        PlaneProduct.multiply(each, products, x, ws);
    }

    /// sum ← sum + scale · the gradient of the weight
    public void addGradient(double scale, Matrix x, Matrix y, Matrix sum, Workspace ws) {
        PlaneSums.add(forward(sum), scale, new Images(x, y), sum, ws);
    }

    /// sum ← sum + scale · the sum of the squares of the gradients of each image
    public void addSquaredGradients(double scale, Matrix x, Matrix y, Matrix sum, Workspace ws) {
        PlaneSums.addSquares(forward(sum), scale, new Images(x, y), sum, ws);
    }

    private PlaneLayout forward(Matrix like) {
        int tile = KernelProvider.planes(like.precision()).tileColumns();
        return PlaneLayout.forward(at, outputs, 1, tile);
    }
}
