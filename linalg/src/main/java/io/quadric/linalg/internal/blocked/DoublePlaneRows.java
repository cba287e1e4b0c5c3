package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.DoubleStripKernel;
import io.quadric.linalg.internal.kernel.PlaneAxis.Run;

/// Copies rows of images into rows of planes and back.
final class DoublePlaneRows {
    private final DoubleStripKernel kernel;
    private final /*E*/double[] image;
    private final int width;
    private final /*E*/double[] plane;
    private final int pitch;

    /// @param kernel copies rows
    /// @param image the array of images
    /// @param width elements from one row of an image to the next
    /// @param plane the array of planes
    /// @param pitch elements from one row of a plane to the next
    DoublePlaneRows(DoubleStripKernel kernel, /*E*/double[] image, int width, /*E*/double[] plane, int pitch) {
        this.kernel = kernel;
        this.image = image;
        this.width = width;
        this.plane = plane;
        this.pitch = pitch;
    }

    /// @param pixels where the image begins
    /// @param at where its plane begins
    void toPlane(Run down, Run across, int pixels, int at) {
        if (across.step() == 1) {
            kernel.copy(inImage(down, across, pixels), inPlane(down, across, at));
            return;
        }
        for (int i = 0; i < down.count(); i++) {
            gather(pixel(down, across, pixels, i), across.step(), place(down, across, at, i), across.count());
        }
    }

    private void gather(int from, int step, int to, int count) {
        for (int j = 0; j < count; j++) {
            plane[to + j] = image[from + j * step];
        }
    }

    /// @param pixels where the image begins
    /// @param at where its plane begins
    void toImage(Run down, Run across, int pixels, int at) {
        if (across.step() == 1) {
            kernel.copy(inPlane(down, across, at), inImage(down, across, pixels));
            return;
        }
        for (int i = 0; i < down.count(); i++) {
            scatter(place(down, across, at, i), pixel(down, across, pixels, i), across.step(), across.count());
        }
    }

    private void scatter(int from, int to, int step, int count) {
        for (int j = 0; j < count; j++) {
            image[to + j * step] = plane[from + j];
        }
    }

    private int pixel(Run down, Run across, int pixels, int row) {
        return pixels + (down.first() + row * down.step()) * width + across.first();
    }

    private int place(Run down, Run across, int at, int row) {
        return at + (down.at() + row) * pitch + across.at();
    }

    private DoubleRows inImage(Run down, Run across, int pixels) {
        return new DoubleRows(image, pixel(down, across, pixels, 0), down.step() * width, down.count(), across.count());
    }

    private DoubleRows inPlane(Run down, Run across, int at) {
        return new DoubleRows(plane, place(down, across, at, 0), pitch, down.count(), across.count());
    }
}
