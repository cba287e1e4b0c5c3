package io.quadric.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InputExceptionTest {
    @Test
    void aMessageIsOneLineThatNoTerminalObeys() {
        String message = new InputException("a\u001b[31m\r\n  b\u0000\u202ec\tüλ").getMessage();
        assertEquals("a\\u001b[31m b\\u0000\\u202ec\\u0009üλ", message);
    }

    @Test
    void aMessageIsShort() {
        String message = new InputException("x".repeat(100_000) + ", expected y").at("here").getMessage();
        assertTrue(message.length() < 1100 && message.startsWith("here: xx") && message.endsWith(", expected y"));
    }
}
