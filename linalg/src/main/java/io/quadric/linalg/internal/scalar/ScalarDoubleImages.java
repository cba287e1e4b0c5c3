package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.internal.kernel.ImageKernels;
import io.quadric.linalg.internal.kernel.Overlap;
import io.quadric.linalg.internal.kernel.PatchGeometry;
import java.util.Objects;

/// The plain loops: the reference for the SIMD twin, and what runs where the Vector API is absent.
@SuppressWarnings("cast") // the casts do their work in the float twin
public class ScalarDoubleImages implements ImageKernels {
    /// What is done with the pixels that row k = (c, i, j) of the patches meets.
    protected interface Run {
        /// Goes over a row of places from `place` on; their pixels begin at `pixel` and are a stride apart.
        void row(int k, int place, int pixel, int count);
    }

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
            overlaps(at, (k, place, pixel, count) -> System.arraycopy(
                    xa, xi + pixel, ua, u.rowOffset(k) + place, count));
            return;
        }
        overlaps(at, (k, place, pixel, count) -> {
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
        overlaps(at, (k, place, pixel, count) -> {
            int ui = u.rowOffset(place) + k;
            for (int j = 0; j < count; j++) {
                ua[ui + j * apart] = xa[xi + pixel + j * stride];
            }
        });
    }

    @Override
    public void fold(PatchGeometry at, Matrix u, Matrix x) {
        x.fill(0);
        overlaps(at, adding(at, u, x, (k, place) -> u.rowOffset(k) + place));
    }

    /// The index, in its array, of the element for row k of the patches and a place.
    private interface Where {
        int index(int k, int place);
    }

    /// Adds the elements of u to the pixels of x, one row of places at a time.
    private static Run adding(PatchGeometry at, Matrix u, Matrix x, Where where) {
        int stride = at.window().strideAcross();
        /*E*/double[] ua = u.doubles();
        /*E*/double[] xa = x.doubles();
        int first = x.rowOffset(0);
        return (k, place, pixel, count) -> {
            int ui = where.index(k, place);
            int xi = first + pixel;
            for (int j = 0; j < count; j++) {
                xa[xi + j * stride] += ua[ui + j];
            }
        };
    }

    /// All rows of the patches, one row of places at a time.
    protected static void overlaps(PatchGeometry at, Run run) {
        Window w = at.window();
        int across = at.placesAcross();
        int down = at.placesDown();
        for (int k = 0; k < at.patchSize(); k++) {
            int i = k / w.width() % w.height();
            int c = k / (w.width() * w.height());
            Overlap rows = Overlap.of(i, w.strideDown(), w.padDown(), at.height(), down);
            Overlap columns = Overlap.of(k % w.width(), w.strideAcross(), w.padAcross(), at.width(), across);
            int pixel = (c * at.height() + rows.first()) * at.width() + columns.first();
            for (int r = rows.from(); r < rows.to(); r++) {
                run.row(k, r * across + columns.from(), pixel, columns.to() - columns.from());
                pixel += w.strideDown() * at.width();
            }
        }
    }

    @Override
    public void maxima(PatchGeometry at, Matrix x, Matrix y, Matrix index) {
        y.fill(Double.NEGATIVE_INFINITY);
        index.fill(-1);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        double[] ia = columns(index);
        int xi = x.rowOffset(0);
        int stride = at.window().strideAcross();
        pooled(at, (k, place, pixel, count) -> {
            int yi = y.rowOffset(0) + place;
            int ii = index.rowOffset(0) + place;
            for (int j = 0; j < count; j++) {
                /*E*/double value = xa[xi + pixel + j * stride];
                if (value > ya[yi + j] || value != value || ia[ii + j] < 0) {
                    ya[yi + j] = value;
                    ia[ii + j] = pixel + j * stride;
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
        pooled(at, (k, place, pixel, count) -> {
            int xi = x.rowOffset(0) + pixel;
            int yi = y.rowOffset(0) + place;
            for (int j = 0; j < count; j++) {
                ya[yi + j] += xa[xi + j * stride];
            }
        });
        y.scale(weight(at));
    }

    @Override
    public void spread(PatchGeometry at, Matrix y, Matrix x) {
        x.fill(0);
        pooled(at, adding(at, y, x, (k, place) -> y.rowOffset(0) + place));
        x.scale(weight(at));
    }

    private static double weight(PatchGeometry at) {
        return 1.0 / (at.window().height() * at.window().width());
    }

    /// All pixels of the window in all channels; the places of channel c begin at c P.
    private static void pooled(PatchGeometry at, Run run) {
        int area = at.window().height() * at.window().width();
        int places = at.places();
        overlaps(at, (k, place, pixel, count) -> run.row(k, k / area * places + place, pixel, count));
    }

    /// Columns are FLOAT64 for either precision of the elements.
    private static double[] columns(Matrix index) {
        return index.doubles(); //FLOAT64-ONLY
        //FLOAT32: return index.doubles();
    }

    @Override
    public void pick(Matrix x, Matrix index, Matrix y) {
        for (int n = 0; n < y.rows(); n++) {
            for (int j = 0; j < y.columns(); j++) {
                int column = Objects.checkIndex((int) columns(index)[index.rowOffset(n) + j], x.columns());
                y.doubles()[y.rowOffset(n) + j] = x.doubles()[x.rowOffset(n) + column];
            }
        }
    }

    @Override
    public void place(Matrix y, Matrix index, Matrix x) {
        x.fill(0);
        for (int n = 0; n < y.rows(); n++) {
            for (int j = 0; j < y.columns(); j++) {
                int column = Objects.checkIndex((int) columns(index)[index.rowOffset(n) + j], x.columns());
                x.doubles()[x.rowOffset(n) + column] += y.doubles()[y.rowOffset(n) + j];
            }
        }
    }

    @Override
    public void channelSums(Matrix x, Matrix sums) {
        int channels = sums.columns();
        int length = x.columns() / channels;
        int together = x.rows() / sums.rows();
        for (int n = 0; n < x.rows(); n++) {
            for (int c = 0; c < channels; c++) {
                add(sum(x.doubles(), x.rowOffset(n) + c * length, length), sums, n / together, c);
            }
        }
    }

    private static void add(double value, Matrix sums, int row, int channel) {
        sums.set(row, channel, sums.get(row, channel) + value);
    }

    protected double sum(/*E*/double[] xa, int xi, int length) {
        double sum = 0;
        for (int j = 0; j < length; j++) {
            sum += xa[xi + j];
        }
        return sum;
    }

    @Override
    public void channelDots(Matrix x, Matrix y, Matrix sums) {
        int channels = sums.columns();
        int length = x.columns() / channels;
        int together = x.rows() / sums.rows();
        for (int n = 0; n < x.rows(); n++) {
            for (int c = 0; c < channels; c++) {
                int at = c * length;
                double dot = dot(x.doubles(), x.rowOffset(n) + at, y.doubles(), y.rowOffset(n) + at, length);
                add(dot, sums, n / together, c);
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
