package io.quadric.linalg.internal;

import io.quadric.linalg.Convolution;
import io.quadric.linalg.Convolution.Product;
import io.quadric.linalg.Elementwise.Pair;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.PlaneEngine.Kernel;
import java.util.ArrayList;
import java.util.List;

/// Convolutions by planes (docs/kernels.md); shapes were checked.
public final class PlaneConvolution {
    private PlaneConvolution() {}

    /// y ← the sum of the convolutions
    public static void multiply(Convolution at, List<Product> products, Matrix y, Workspace ws) {
        PlaneProduct.multiply(forward(at, y), factors(at, products, false), y, ws);
    }

    /// x ← the sum of the transposed convolutions
    public static void multiplyTransposed(Convolution at, List<Product> products, Matrix x, Workspace ws) {
        int tile = KernelProvider.planes(x.precision()).tileColumns();
        PlaneLayout each = PlaneLayout.backward(at.patches(), at.outputs(), 1, tile);
        PlaneProduct.multiply(each, factors(at, products, true), x, ws);
    }

    /// sum ← sum + scale · the gradient of the weight
    public static void addGradient(Convolution at, double scale, Pair xy, Matrix sum, Workspace ws) {
        PlaneSums.add(forward(at, sum), scale, xy, sum, ws);
    }

    /// sum ← sum + scale · the squares of the gradients of each image, added up
    public static void addSquaredGradients(Convolution at, double scale, Pair xy, Matrix sum, Workspace ws) {
        PlaneSums.addSquares(forward(at, sum), scale, xy, sum, ws);
    }

    private static PlaneLayout forward(Convolution at, Matrix like) {
        int tile = KernelProvider.planes(like.precision()).tileColumns();
        return PlaneLayout.forward(at.patches(), at.outputs(), 1, tile);
    }

    private static List<PlaneProduct.Factors> factors(Convolution at, List<Product> products, boolean transposed) {
        Patches patches = at.patches();
        int area = patches.patchSize() / patches.channels();
        List<PlaneProduct.Factors> factors = new ArrayList<>();
        for (Product p : products) {
            factors.add(new PlaneProduct.Factors(new Kernel(p.weight(), area, transposed), p.images()));
        }
        return factors;
    }
}
