package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {
    private static Dataset load(String name, Task task) {
        return DataSource.named(name).load(task, Precision.FLOAT32);
    }

    @Test
    void theFirstCasesAreThoseOfTheWhole() {
        Dataset part = load("first:digits,cases=5,test=3", new Task.Classification(10));
        Dataset whole = load("digits", new Task.Classification(10));
        assertEquals(5, part.train().cases());
        assertEquals(3, part.test().orElseThrow().cases());
        assertArrayEquals(whole.train().batch().inputs().row(4).toArray(),
                part.train().batch().inputs().row(4).toArray());
        assertArrayEquals(
                whole.test().orElseThrow().batch().targets().row(2).toArray(),
                part.test().orElseThrow().batch().targets().row(2).toArray());
        assertTrue(part.criterion().isPresent());
        assertEquals(part.name(), DataSource.named(part.name()).name());
    }

    @Test
    void moreThanThereAreAreAll() {
        Dataset part = load("first:digits,cases=1000000", new Task.Autoencoding());
        assertEquals(load("digits", new Task.Autoencoding()).train().cases(), part.train().cases());
        Batch all = part.train().batch();
        assertSame(all.inputs(), all.targets());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            first:digits,cases=0 | first: 0 cases and 1000 test cases, expected at least 1 of each
            first:digits,size=3 | 'size=3' in 'first:digits,size=3', expected one of cases=, test=
            first:nowhere | nowhere: no such file or folder
            """)
    void badNamesAreRefused(String name, String complaint) {
        String message = assertThrows(InputException.class, () -> load(name, new Task.Classification(10)))
                .getMessage();
        assertTrue(message.contains(complaint), message);
    }
}
