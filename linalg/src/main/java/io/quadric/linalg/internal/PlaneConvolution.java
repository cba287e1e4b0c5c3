package io.quadric.linalg.internal;

import io.quadric.linalg.Convolution.Product;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.PlaneEngine.Kernel;
import io.quadric.linalg.internal.PlaneSums.Images;
import java.util.ArrayList;
import java.util.List;

/// Convolutions by planes (docs/kernels.md); shapes were checked.
///
/// @param patches what is read of an image
/// @param outputs channels that are made
public record PlaneConvolution(Patches patches, int outputs) {
    /// y ← the sum of the convolutions
    public void multiply(List<Product> products, Matrix y, Workspace ws) {
        PlaneProduct.multiply(forward(y), factors(products, false), y, ws);
    }

    /// x ← the sum of the transposed convolutions
    public void multiplyTransposed(List<Product> products, Matrix x, Workspace ws) {
        int tile = KernelProvider.planes(x.precision()).tileColumns();
        PlaneLayout each = PlaneLayout.backward(patches, outputs, 1, tile);
        PlaneProduct.multiply(each, factors(products, true), x, ws);
    }

    /// sum ← sum + scale · the gradient of the weight
    public void addGradient(double scale, Matrix x, Matrix y, Matrix sum, Workspace ws) {
        PlaneSums.add(forward(sum), scale, new Images(x, y), sum, ws);
    }

    /// sum ← sum + scale · the squares of the gradients of each image, added up
    public void addSquaredGradients(double scale, Matrix x, Matrix y, Matrix sum, Workspace ws) {
        PlaneSums.addSquares(forward(sum), scale, new Images(x, y), sum, ws);
    }

    private PlaneLayout forward(Matrix like) {
        int tile = KernelProvider.planes(like.precision()).tileColumns();
        return PlaneLayout.forward(patches, outputs, 1, tile);
    }

    private List<PlaneProduct.Factors> factors(List<Product> products, boolean transposed) {
        int area = patches.patchSize() / patches.channels();
        List<PlaneProduct.Factors> factors = new ArrayList<>();
        for (Product p : products) {
            factors.add(new PlaneProduct.Factors(new Kernel(p.weight(), area, transposed), p.images()));
        }
        return factors;
    }
}
