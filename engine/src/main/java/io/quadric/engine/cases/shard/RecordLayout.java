package io.quadric.engine.cases.shard;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.CaseForm;

/// The record of a case: its inputs, its targets unless they are the inputs, as a whole number of four bytes how many
/// time steps it has, if that differs from case to case, and as a number of eight bytes its weight, if weights do. All
/// are little-endian and follow each other without a gap.
///
/// @param form of the cases
/// @param lengths whether there are numbers of time steps
/// @param weights whether there are weights
record RecordLayout(CaseForm form, boolean lengths, boolean weights) {
    private static final long LARGEST = 1L << 30;

    /// Checks the size.
    RecordLayout {
        long numbers = (long) form.inputs() + (form.reconstructs() ? 0 : form.targets());
        if (numbers * form.precision().bytes() > LARGEST) {
            throw new InputException("records of " + numbers + " numbers, expected fewer than 2^30 bytes");
        }
    }

    int targetsAt() {
        return form.inputs() * form.precision().bytes();
    }

    int lengthAt() {
        return targetsAt() + (form.reconstructs() ? 0 : form.targets() * form.precision().bytes());
    }

    int weightAt() {
        return lengthAt() + (lengths ? Integer.BYTES : 0);
    }

    int bytes() {
        return weightAt() + (weights ? Double.BYTES : 0);
    }

    @Override
    public String toString() {
        return form + (lengths ? ", with lengths" : "") + (weights ? ", with weights" : "");
    }
}
