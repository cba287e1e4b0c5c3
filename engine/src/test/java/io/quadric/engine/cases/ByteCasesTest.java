package io.quadric.engine.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same batches as of numbers.
class ByteCasesTest {
    private static final int INPUTS = 7;
    private static final int[] ORDER = {3, 0, 8, 5, 5};
    private static final byte[] BYTES = new byte[9 * INPUTS];

    static {
        new Random(4).nextBytes(BYTES);
    }

    private static Matrix numbers(Precision precision) {
        Matrix x = Matrix.zeros(precision, ORDER.length, INPUTS);
        for (int i = 0; i < ORDER.length; i++) {
            for (int j = 0; j < INPUTS; j++) {
                x.set(i, j, (BYTES[ORDER[i] * INPUTS + j] & 0xff) / 255.0);
            }
        }
        return x;
    }

    private static void assertSameBatch(Function<Cases, Batch> taken, Cases expected, Cases actual) {
        Batch numbers = taken.apply(expected);
        Batch bytes = taken.apply(actual);
        assertArrayEquals(numbers.inputs().copy().flat().toArray(), bytes.inputs().copy().flat().toArray());
        assertArrayEquals(numbers.targets().copy().flat().toArray(), bytes.targets().copy().flat().toArray());
        assertEquals(CaseForm.of(numbers), CaseForm.of(bytes));
    }

    private static void assertSameCases(Cases expected, Cases actual) {
        assertEquals(expected.form(), actual.form());
        assertEquals(expected.weight(), actual.weight());
        BatchRoom room = new BatchRoom(actual.form());
        assertSameBatch(Cases::batch, expected, actual);
        assertSameBatch(cases -> cases.rows(1, 3, room), expected, actual);
        assertSameBatch(cases -> cases.chosen(new int[]{2, 0, 2}, room), expected, actual);
        assertSameBatch(cases -> cases.first(2).batch(), expected, actual);
        assertEquals(Digest.of(expected), Digest.of(actual));
    }

    @ParameterizedTest
    @EnumSource
    void batchesAreThoseOfNumbers(Precision precision) {
        Matrix x = numbers(precision);
        Matrix t = Matrix.zeros(precision, ORDER.length, 2).fill(1);
        t.set(1, 0, 5);
        assertSameCases(
                Cases.of(new Batch(x, t)),
                new ByteCases(BYTES, ORDER, new CaseForm(precision, INPUTS, 2, false), 255, Optional.of(t)));
        CaseForm own = new CaseForm(precision, INPUTS, INPUTS, true);
        Cases reconstructed = new ByteCases(BYTES, ORDER, own, 255, Optional.empty());
        assertSameCases(Cases.of(new Batch(x, x)), reconstructed);
        Batch batch = reconstructed.rows(0, 2, new BatchRoom(own));
        assertSame(batch.inputs(), batch.targets());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingIsRefused(Precision precision) {
        CaseForm form = new CaseForm(precision, INPUTS, 2, false);
        Optional<Matrix> targets = Optional.of(Matrix.zeros(precision, ORDER.length, 2));
        for (int[] order : new int[][]{{0, 1, 2, 3, 9}, {0, 1, 2, 3, -1}, {0, 1}}) {
            assertThrows(IllegalArgumentException.class, () -> new ByteCases(BYTES, order, form, 255, targets));
        }
        assertThrows(IllegalArgumentException.class, () -> new ByteCases(BYTES, ORDER, form, 255, Optional.empty()));
    }
}
