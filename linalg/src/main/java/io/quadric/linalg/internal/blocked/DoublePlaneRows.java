package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.internal.kernel.PlaneAxis.Run;

/// Copies rows of images into rows of planes and back.
final class DoublePlaneRows {
    private final /*E*/double[] image;
    private final int width;
    private final /*E*/double[] plane;
    private final int pitch;

    /// @param image the array of images
    /// @param width elements from one row of an image to the next
    /// @param plane the array of planes
    /// @param pitch elements from one row of a plane to the next
    DoublePlaneRows(/*E*/double[] image, int width, /*E*/double[] plane, int pitch) {
        this.image = image;
        this.width = width;
        this.plane = plane;
        this.pitch = pitch;
    }

    /// @param pixels where the image begins
    /// @param at where its plane begins
    void toPlane(Run down, Run across, int pixels, int at) {
        for (int i = 0; i < down.count(); i++) {
            int from = pixels + (down.first() + i * down.step()) * width + across.first();
            int to = at + (down.at() + i) * pitch + across.at();
            if (across.step() == 1) {
                System.arraycopy(image, from, plane, to, across.count());
            } else {
                gather(from, across.step(), to, across.count());
            }
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
        for (int i = 0; i < down.count(); i++) {
            int to = pixels + (down.first() + i * down.step()) * width + across.first();
            int from = at + (down.at() + i) * pitch + across.at();
            if (across.step() == 1) {
                System.arraycopy(plane, from, image, to, across.count());
            } else {
                scatter(from, to, across.step(), across.count());
            }
        }
    }

    private void scatter(int from, int to, int step, int count) {
        for (int j = 0; j < count; j++) {
            image[to + j * step] = plane[from + j];
        }
    }
}
