package io.quadric.linalg;

/// The first elements of a vector or matrix as text.
final class Excerpt {
    /// The most rows, and elements of a row, that are shown.
    private static final int SHOWN = 6;

    private Excerpt() {}

    static String of(Matrix m) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(m.rows(), SHOWN); i++) {
            text.append(i == 0 ? "[" : ", [").append(of(m.row(i))).append("]");
        }
        return text.append(m.rows() > SHOWN ? ", …" : "").toString();
    }

    static String of(Vector x) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(x.size(), SHOWN); i++) {
            text.append(i == 0 ? "" : ", ");
            if (x.precision() == Precision.FLOAT64) {
                text.append(x.get(i));
            } else {
                text.append((float) x.get(i));
            }
        }
        return text.append(x.size() > SHOWN ? ", …" : "").toString();
    }
}
