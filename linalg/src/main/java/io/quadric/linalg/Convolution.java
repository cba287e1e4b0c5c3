package io.quadric.linalg;

import io.quadric.linalg.internal.kernel.PlaneEngine.Kernel;
import io.quadric.linalg.internal.product.PlaneConvolution;
import io.quadric.linalg.internal.product.PlaneProduct.Factors;
import java.util.ArrayList;
import java.util.List;

/// The products of a convolution's weight, an outputs × K matrix, with images, without forming their patches. Each row
/// of a matrix is an image, stored channel by channel. With U the [patches][Patches] of an image, K × P:
///
/// - images to outputs, y = W U;
/// - outputs to images, the transpose of that map;
/// - the gradient of the weight, Σ over images of y Uᵀ.
///
/// @param patches the places of the window
/// @param outputs the number of output channels
public record Convolution(Patches patches, int outputs) {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if `outputs` is below 1
    public Convolution {
        if (outputs < 1) {
            throw new IllegalArgumentException("a convolution needs at least 1 output channel, got " + outputs);
        }
    }

    /// A weight and the images it is applied to.
    ///
    /// @param weight outputs × K
    /// @param images one image in each row: input images, or for the transpose, output images
    public record Product(Matrix weight, Matrix images) {}

    /// y ← the sum of the convolutions.
    ///
    /// @param products at least one
    /// @param y one row of outputs · P elements for each image, overwritten
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or y shares elements with an operand
    public void multiply(List<Product> products, Matrix y, Workspace ws) {
        for (Product product : products) {
            check("multiply", product.weight(), product.images(), y);
            requireDisjoint("multiply", product, y);
        }
        planes().multiply(factors(products, false), y, ws);
    }

    /// x ← the sum of the transposed convolutions.
    ///
    /// @param products at least one
    /// @param x one image in each row, overwritten
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or x shares elements with an operand
    public void multiplyTransposed(List<Product> products, Matrix x, Workspace ws) {
        for (Product product : products) {
            check("multiplyTransposed", product.weight(), x, product.images());
            requireDisjoint("multiplyTransposed", product, x);
        }
        planes().multiplyTransposed(factors(products, true), x, ws);
    }

    /// sum ← sum + scale · Σ over images of y Uᵀ
    ///
    /// @param scale 1/N for a mean
    /// @param x one image in each row
    /// @param y one row of outputs · P elements for each
    /// @param sum outputs × K, accumulated
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or the sum shares elements with x or y
    public void addGradient(double scale, Matrix x, Matrix y, Matrix sum, Workspace ws) {
        check("addGradient", sum, x, y);
        Shapes.requireDisjoint("addGradient", x, sum);
        Shapes.requireDisjoint("addGradient", y, sum);
        planes().addGradient(scale, x, y, sum, ws);
    }

    /// sum ← sum + scale · Σ over images of (y Uᵀ)², elementwise squares.
    ///
    /// @param scale 1/N for a mean
    /// @param x one image in each row
    /// @param y one row of outputs · P elements for each
    /// @param sum outputs × K, accumulated
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or the sum shares elements with x or y
    public void addSquaredGradients(double scale, Matrix x, Matrix y, Matrix sum, Workspace ws) {
        check("addSquaredGradients", sum, x, y);
        Shapes.requireDisjoint("addSquaredGradients", x, sum);
        Shapes.requireDisjoint("addSquaredGradients", y, sum);
        planes().addSquaredGradients(scale, x, y, sum, ws);
    }

    private PlaneConvolution planes() {
        return new PlaneConvolution(patches.geometry(), outputs);
    }

    private List<Factors> factors(List<Product> products, boolean transposed) {
        int area = patches.patchSize() / patches.channels();
        List<Factors> factors = new ArrayList<>();
        for (Product product : products) {
            factors.add(new Factors(new Kernel(product.weight(), area, transposed), product.images()));
        }
        return factors;
    }

    private void check(String operation, Matrix weight, Matrix x, Matrix y) {
        boolean fits = weight.rows() == outputs
                && weight.columns() == patches.patchSize()
                && x.columns() == patches.imageSize()
                && y.columns() == outputs * patches.places()
                && x.rows() == y.rows();
        if (!fits) {
            throw new IllegalArgumentException(operation + ": weight " + weight.shape() + ", images " + x.shape()
                    + " and outputs " + y.shape() + ", expected " + outputs + " × " + patches.patchSize() + ", n × "
                    + patches.imageSize() + " and n × " + outputs * patches.places());
        }
        Shapes.requireSamePrecision(operation, weight.precision(), x.precision());
        Shapes.requireSamePrecision(operation, weight.precision(), y.precision());
    }

    private static void requireDisjoint(String operation, Product product, Matrix out) {
        Shapes.requireDisjoint(operation, product.weight(), out);
        Shapes.requireDisjoint(operation, product.images(), out);
    }
}
