package io.quadric.bench;

/// A product rows × inner × columns and the layout of its operands, written as "1000x784x500:NT".
///
/// @param rows rows of C
/// @param inner inner indices
/// @param columns columns of C
/// @param layout N or T for A and for B: T where the operand is stored transposed
record GemmShape(int rows, int inner, int columns, String layout) {
    static GemmShape of(String text) {
        String[] parts = text.split("[x:]");
        return new GemmShape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]),
                parts[3]);
    }

    boolean transposeA() {
        return layout.charAt(0) == 'T';
    }

    boolean transposeB() {
        return layout.charAt(1) == 'T';
    }

    double operations() {
        return 2.0 * rows * inner * columns;
    }
}
