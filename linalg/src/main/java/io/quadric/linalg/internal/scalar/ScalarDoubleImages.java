package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.ImageKernels;
import io.quadric.linalg.internal.kernel.PatchGeometry;
import io.quadric.linalg.internal.kernel.PatchGeometry.Run;
import java.util.function.IntBinaryOperator;

/// The plain loops: the reference for the SIMD twin, and what runs where the Vector API is absent.
@SuppressWarnings("cast") // the casts do their work in the float twin
public class ScalarDoubleImages implements ImageKernels {
    @Override
    public void unfold(PatchGeometry at, Matrix x, Matrix u) {
        int stride = at.window().strideAcross();
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ua = u.doubles();
        if (at.window().padDown() + at.window().padAcross() > 0) {
            u.fill(0);
        }
        int xi = x.rowOffset(0);
        if (stride == 1) {
            at.walk((k, place, pixel, count) -> System.arraycopy(
                    xa, xi + pixel, ua, u.rowOffset(k) + place, count));
            return;
        }
        at.walk((k, place, pixel, count) -> {
            int ui = u.rowOffset(k) + place;
            for (int j = 0; j < count; j++) {
                ua[ui + j] = xa[xi + pixel + j * stride];
            }
        });
    }

    @Override
    public void unfoldRows(PatchGeometry at, Matrix x, Matrix u) {
        int stride = at.window().strideAcross();
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ua = u.doubles();
        if (at.window().padDown() + at.window().padAcross() > 0) {
            u.fill(0);
        }
        int xi = x.rowOffset(0);
        int apart = u.rowStride();
        at.walk((k, place, pixel, count) -> {
            int ui = u.rowOffset(place) + k;
            for (int j = 0; j < count; j++) {
                ua[ui + j * apart] = xa[xi + pixel + j * stride];
            }
        });
    }

    @Override
    public void fold(PatchGeometry at, Matrix u, Matrix x) {
        x.fill(0);
        at.walk(adding(at, u, x, (k, place) -> u.rowOffset(k) + place));
    }

    /// Adds the elements of u to the pixels of x, one row of places at a time.
    private static Run adding(PatchGeometry at, Matrix u, Matrix x, IntBinaryOperator where) {
        int stride = at.window().strideAcross();
        /*E*/double[] ua = u.doubles();
        /*E*/double[] xa = x.doubles();
        int first = x.rowOffset(0);
        return (k, place, pixel, count) -> {
            int ui = where.applyAsInt(k, place);
            int xi = first + pixel;
            for (int j = 0; j < count; j++) {
                xa[xi + j * stride] += ua[ui + j];
            }
        };
    }

    @Override
    public void maxima(PatchGeometry at, Matrix x, Matrix y, Matrix index) {
        y.fill(Double.NEGATIVE_INFINITY);
        index.fill(0);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        /*E*/double[] ia = index.doubles();
        int xi = x.rowOffset(0);
        int stride = at.window().strideAcross();
        at.walkPooled((k, place, pixel, count) -> {
            int yi = y.rowOffset(0) + place;
            int ii = index.rowOffset(0) + place;
            for (int j = 0; j < count; j++) {
                /*E*/double value = xa[xi + pixel + j * stride];
                if (value > ya[yi + j] || value != value) {
                    ya[yi + j] = value;
                    ia[ii + j] = (/*E*/double) (pixel + j * stride);
                }
            }
        });
    }

    @Override
    public void means(PatchGeometry at, Matrix x, Matrix y) {
        y.fill(0);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        int stride = at.window().strideAcross();
        at.walkPooled((k, place, pixel, count) -> {
            int xi = x.rowOffset(0) + pixel;
            int yi = y.rowOffset(0) + place;
            for (int j = 0; j < count; j++) {
                ya[yi + j] += xa[xi + j * stride];
            }
        });
        y.scale(1.0 / at.area());
    }

    @Override
    public void spread(PatchGeometry at, Matrix y, Matrix x) {
        x.fill(0);
        at.walkPooled(adding(at, y, x, (k, place) -> y.rowOffset(0) + place));
        x.scale(1.0 / at.area());
    }

    @Override
    public void pick(Matrix x, Matrix index, Matrix y) {
        for (int n = 0; n < y.rows(); n++) {
            for (int j = 0; j < y.columns(); j++) {
                int column = (int) index.doubles()[index.rowOffset(n) + j];
                y.doubles()[y.rowOffset(n) + j] = x.doubles()[x.rowOffset(n) + column];
            }
        }
    }

    @Override
    public void place(Matrix y, Matrix index, Matrix x) {
        x.fill(0);
        for (int n = 0; n < y.rows(); n++) {
            for (int j = 0; j < y.columns(); j++) {
                int column = (int) index.doubles()[index.rowOffset(n) + j];
                x.doubles()[x.rowOffset(n) + column] += y.doubles()[y.rowOffset(n) + j];
            }
        }
    }

    @Override
    public void channelSums(Matrix x, Vector sums) {
        int length = x.columns() / sums.size();
        for (int n = 0; n < x.rows(); n++) {
            for (int c = 0; c < sums.size(); c++) {
                sums.set(c, sums.get(c) + sum(x.doubles(), x.rowOffset(n) + c * length, length));
            }
        }
    }

    protected double sum(/*E*/double[] xa, int xi, int length) {
        double sum = 0;
        for (int j = 0; j < length; j++) {
            sum += xa[xi + j];
        }
        return sum;
    }

    @Override
    public void channelDots(Matrix x, Matrix y, Vector sums) {
        int length = x.columns() / sums.size();
        for (int n = 0; n < x.rows(); n++) {
            for (int c = 0; c < sums.size(); c++) {
                int at = c * length;
                double dot = dot(x.doubles(), x.rowOffset(n) + at, y.doubles(), y.rowOffset(n) + at, length);
                sums.set(c, sums.get(c) + dot);
            }
        }
    }

    protected double dot(/*E*/double[] xa, int xi, /*E*/double[] ya, int yi, int length) {
        double sum = 0;
        for (int j = 0; j < length; j++) {
            sum += (double) xa[xi + j] * ya[yi + j];
        }
        return sum;
    }

    @Override
    public void channelAffine(Vector a, Matrix x, Vector e, Matrix y) {
        int length = x.columns() / a.size();
        for (int n = 0; n < x.rows(); n++) {
            for (int c = 0; c < a.size(); c++) {
                ChannelLine line = new ChannelLine(a.get(c), e.get(c), length);
                int at = c * length;
                affine(line, x.doubles(), x.rowOffset(n) + at, y.doubles(), y.rowOffset(n) + at);
            }
        }
    }

    protected void affine(ChannelLine line, /*E*/double[] xa, int xi, /*E*/double[] ya, int yi) {
        for (int j = 0; j < line.length(); j++) {
            ya[yi + j] = (/*E*/double) (line.factor() * xa[xi + j] + line.summand());
        }
    }

    @Override
    public void channelAdd(Vector b, Matrix x, Matrix y) {
        int length = x.columns() / b.size();
        for (int n = 0; n < x.rows(); n++) {
            for (int c = 0; c < b.size(); c++) {
                ChannelLine line = new ChannelLine(b.get(c), 0, length);
                int at = c * length;
                add(line, x.doubles(), x.rowOffset(n) + at, y.doubles(), y.rowOffset(n) + at);
            }
        }
    }

    protected void add(ChannelLine line, /*E*/double[] xa, int xi, /*E*/double[] ya, int yi) {
        for (int j = 0; j < line.length(); j++) {
            ya[yi + j] += (/*E*/double) (line.factor() * xa[xi + j]);
        }
    }
}
