package io.quadric.linalg.internal.kernel;

/// What is known beforehand about C = A B: zeros of a triangular operand, and elements of C that are not wanted. Tiles
/// leave out the inner indices that meet nothing but zeros. The zeros near the diagonal, which tiles do meet, must be
/// stored: [#ZEROS] in each row.
public enum ProductStructure {
    /// Nothing is known.
    FULL,
    /// C is symmetric, and only tiles that touch its lower triangle are wanted.
    SYMMETRIC,
    /// [#SYMMETRIC], and A is upper triangular, as in LᵀL.
    SYMMETRIC_OF_UPPER,
    /// A is lower triangular: aᵢₚ = 0 for p > i.
    LOWER_LEFT,
    /// A is upper triangular.
    UPPER_LEFT,
    /// B is lower triangular: bₚⱼ = 0 for p < j.
    LOWER_RIGHT,
    /// B is upper triangular.
    UPPER_RIGHT;

    /// The zeros of a triangular operand, next to the diagonal in each row, that are read; elements beyond can be
    /// anything. The largest tile has no more rows or columns.
    public static final int ZEROS = 96;

    /// Whether only the lower triangle of C is wanted.
    public boolean isSymmetric() {
        return this == SYMMETRIC || this == SYMMETRIC_OF_UPPER;
    }

    /// Whether an operand is triangular, so that tiles leave out inner indices.
    public boolean hasTriangle() {
        return this != FULL && this != SYMMETRIC;
    }

    /// The first inner index that matters to a tile.
    ///
    /// @param row the tile's first row of C
    /// @param column its first column
    public int first(int row, int column) {
        return switch (this) {
            case SYMMETRIC_OF_UPPER, UPPER_LEFT -> row;
            case LOWER_RIGHT -> column;
            default -> 0;
        };
    }

    /// The end, exclusive, of the inner indices that matter to a tile.
    ///
    /// @param rowEnd the end of the tile's rows of C, exclusive
    /// @param columnEnd the end of its columns, exclusive
    public int end(int rowEnd, int columnEnd) {
        return switch (this) {
            case LOWER_LEFT -> rowEnd;
            case UPPER_RIGHT -> columnEnd;
            default -> Integer.MAX_VALUE;
        };
    }
}
