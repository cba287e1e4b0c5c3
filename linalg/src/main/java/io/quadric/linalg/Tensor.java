package io.quadric.linalg;

import java.util.Arrays;
import java.util.Objects;

/// A vector seen as a tensor of order k with sizes d₁ × … × d_k, row-major: the last index varies fastest. It is a view
/// of [#elements()].
///
/// matᵢ is the dᵢ × (Π_{j≠i} dⱼ) matrix whose row r holds the elements with i-th index r, in the order of the vector.
/// Modes are counted from 0.
public final class Tensor {
    private final Vector elements;
    private final int[] sizes;

    private Tensor(Vector elements, int[] sizes) {
        this.elements = elements;
        this.sizes = sizes;
    }

    /// {@return a view of `elements` as a tensor}
    ///
    /// @param elements as many as the sizes multiply to
    /// @param sizes d₁, …, d_k, at least one
    /// @throws IllegalArgumentException if there are no sizes, one is negative, or they do not multiply to the number
    ///     of elements
    public static Tensor of(Vector elements, int... sizes) {
        long product = Arrays.stream(sizes).asLongStream().reduce(1, Math::multiplyExact);
        if (sizes.length == 0 || product != elements.size() || Arrays.stream(sizes).anyMatch(d -> d < 0)) {
            throw new IllegalArgumentException("a vector of " + elements.size()
                    + " elements cannot be viewed as a tensor of shape " + Arrays.toString(sizes));
        }
        return new Tensor(elements, sizes.clone());
    }

    /// {@return all elements; the last index varies fastest}
    public Vector elements() {
        return elements;
    }

    /// {@return k}
    public int order() {
        return sizes.length;
    }

    /// {@return dᵢ}
    ///
    /// @param mode i, from 0
    public int size(int mode) {
        return sizes[Objects.checkIndex(mode, sizes.length)];
    }

    /// {@return the product of the sizes of the modes from `from` to `to` (exclusive)}
    private int product(int from, int to) {
        return Arrays.stream(sizes, from, to).reduce(1, Math::multiplyExact);
    }

    private int before(int mode) {
        return product(0, Objects.checkIndex(mode, sizes.length));
    }

    private int after(int mode) {
        return product(mode + 1, sizes.length);
    }

    /// {@return whether matᵢ is a view, which [#matricised] returns}: this is so for the first and the last mode, and
    /// for modes with nothing but sizes of 1 before or after them.
    ///
    /// @param mode i, from 0
    public boolean hasView(int mode) {
        return before(mode) == 1 || after(mode) == 1;
    }

    /// {@return matᵢ as a view}
    ///
    /// @param mode i, from 0, for which [#hasView] is true
    /// @throws IllegalArgumentException if it is not; use [#matricise] then, which copies
    public GemmOperand matricised(int mode) {
        int before = before(mode);
        int after = after(mode);
        if (before == 1) {
            return elements.asMatrix(size(mode), after);
        }
        if (after == 1) {
            return elements.asMatrix(before, size(mode)).t();
        }
        throw new IllegalArgumentException("mode " + mode + " of " + this + " has no view as a matrix");
    }

    /// Copies matᵢ.
    ///
    /// @param mode i, from 0
    /// @param out dᵢ × (Π_{j≠i} dⱼ), contiguous, overwritten, not sharing elements with this tensor
    /// @throws IllegalArgumentException if the shape disagrees, or `out` shares elements with this tensor
    public void matricise(int mode, Matrix out) {
        int before = before(mode);
        int after = after(mode);
        if (out.rows() != size(mode) || out.columns() != before * after) {
            throw new IllegalArgumentException(
                    "matricise: mode " + mode + " of " + this + " does not give " + out.shape());
        }
        Shapes.requireDisjoint("matricise", elements.asRow(), out);
        Matrix all = elements.asMatrix(before, size(mode) * after);
        for (int r = 0; r < size(mode); r++) {
            out.row(r).asMatrix(before, after).copyFrom(all.columns(r * after, (r + 1) * after));
        }
    }

    /// C ← α matᵢ matᵢᵀ + β C, the contraction along all modes but i (Ren 2022, §4.2), both triangles.
    ///
    /// @param mode i, from 0
    /// @param gemm α and β
    /// @param c dᵢ × dᵢ, symmetric, overwritten, not sharing elements with this tensor
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or C shares elements with this tensor
    public void contract(int mode, Gemm gemm, Matrix c, Workspace ws) {
        if (hasView(mode)) {
            gemm.syrk(matricised(mode), c, ws);
            return;
        }
        try (var frame = ws.open()) {
            Matrix copy = frame.matrix(elements.precision(), size(mode), before(mode) * after(mode));
            matricise(mode, copy);
            gemm.syrk(copy, c, ws);
        }
    }

    /// out ← this ×ᵢ U, the mode product: matᵢ(out) = U matᵢ(this).
    ///
    /// @param mode i, from 0
    /// @param u m × dᵢ
    /// @param out of the same shape except for the size m in mode i; overwritten, not sharing elements with this tensor
    ///     or U
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or `out` shares elements
    public void multiply(int mode, GemmOperand u, Tensor out, Workspace ws) {
        int before = before(mode);
        int after = after(mode);
        if (u.columns() != size(mode) || !Arrays.equals(out.sizes, withSize(mode, u.rows()))) {
            throw new IllegalArgumentException("multiply: " + this + " times " + u.rows() + " × " + u.columns()
                    + " in mode " + mode + " does not give " + out);
        }
        if (elements.size() == 0 || out.elements.size() == 0) {
            out.elements.fill(0);
        } else if (after == 1) {
            GemmOperand transpose = u.isTransposed() ? u.stored() : u.stored().t();
            Gemm.SET.multiply(elements.asMatrix(before, size(mode)), transpose,
                    out.elements.asMatrix(before, u.rows()), ws);
        } else {
            Gemm.SET.multiply(MatrixBatch.of(u), new MatrixBatch(elements.asMatrix(before * size(mode), after), before),
                    new MatrixBatch(out.elements.asMatrix(before * u.rows(), after), before), ws);
        }
    }

    private int[] withSize(int mode, int size) {
        int[] changed = sizes.clone();
        changed[mode] = size;
        return changed;
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(sizes);
    }
}
