package io.quadric.engine.table.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalNumberTest {
    private final DecimalNumber number = new DecimalNumber('.');

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+", ".", "e5", "1e", "1e+", "--1", "1.2.3", "1,2", "0x1p3", "1d", "1f", "NaN",
        "Infinity",
        "inf", "1e999", "1 2", "٣", "1_000"})
    void whatIsNoFiniteDecimalNumberIsRefused(String text) {
        assertFalse(number.read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "+7", ".5", "5.", "1e22", "1e23", "9007199254740993", "0.1", "1e-400",
        "4.9e-324",
        "123456789012345678901234567890", "0.000000000000000000000000000001", "2.2250738585072011e-308", "1E+2"})
    void othersAreRoundedAsTheJdkDoes(String text) {
        assertTrue(number.read(text));
        assertEquals(Double.parseDouble(text), number.value());
    }

    @Test
    void thePointMayBeAComma() {
        DecimalNumber comma = new DecimalNumber(',');
        assertTrue(comma.read("-1234567890123456789,5e-3"));
        assertEquals(-1234567890123456.7895, comma.value());
        assertFalse(comma.read("1.5"));
    }
}
