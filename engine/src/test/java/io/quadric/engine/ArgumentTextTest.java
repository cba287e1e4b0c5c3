package io.quadric.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.nn.registry.Argument;
import io.quadric.nn.registry.RecordType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentTextTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    /// The arguments of a part.
    public record Part(
            List<String> names,
            Set<String> kinds,
            Optional<Character> mark,
            Optional<Charset> encoding,
            @Argument(otherwise = "red") Colour colour) {}

    /// A record with an operand, arguments of its own and those of a part.
    public record Whole(
            String operand, @Argument(otherwise = "3") int count, Part part,
            @Argument(otherwise = "0.5") double share) {}

    private static final ArgumentText<Whole> TEXT = new ArgumentText<>("whole", new RecordType<>(Whole.class));

    private static Whole read(String text) {
        return TEXT.read(text, Map.of(), (type, operand) -> operand);
    }

    private static String write(Whole value) {
        return TEXT.write(value, Object::toString);
    }

    @Test
    void argumentsThatAreLeftOutHaveTheirDefaults() {
        Whole plain = read("whole:a.csv");
        assertEquals(new Whole("a.csv", 3,
                new Part(List.of(), Set.of(), Optional.empty(), Optional.empty(), Colour.RED), 0.5), plain);
        assertEquals("whole:a.csv,count=3,share=0.5", write(plain));
        assertEquals(plain, TEXT.of("a.csv", Map.of()));
    }

    @Test
    void nestedArgumentsStandBesideTheOthers() {
        Whole value = read("whole:x,names=a+b,kinds=k,mark=tab,encoding=UTF-16LE,colour=dark-blue,share=1");
        assertEquals(List.of("a", "b"), value.part().names());
        assertEquals(Set.of("k"), value.part().kinds());
        assertEquals(Optional.of('\t'), value.part().mark());
        assertEquals(Optional.of(StandardCharsets.UTF_16LE), value.part().encoding());
        assertEquals(value, read(write(value)));
        assertEquals(value, TEXT.read("whole:x,share=1", Map.of("names", "a+b", "kinds", "k", "mark", "tab", "encoding",
                "UTF-16LE", "colour", "dark-blue", "share", "9"), (type, operand) -> operand));
    }

    /// Names of files and columns may have any characters.
    @Test
    void whatIsWrittenIsRead() {
        Random random = new Random(5);
        for (int run = 0; run < 500; run++) {
            Part part = new Part(List.of(text(random), text(random)), Set.of(text(random)),
                    Optional.of("x,+\\ ;\t|é".charAt(random.nextInt(9))), Optional.empty(), Colour.DARK_BLUE);
            Whole value = new Whole(text(random), run, part, random.nextDouble());
            assertEquals(value, read(write(value)), () -> write(value));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("a");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append("ab,+\\=: /".charAt(random.nextInt(9)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    whole:x,size=1     | 'size=1' in 'whole:x,size=1', expected one of colour=, count=
                    whole:x,count=many | count=many, expected a whole number of at most 2147483647
                    whole:x,count=1,count=2 | 'count=2' in 'whole:x,count=1,count=2', expected count= once
                    whole:x,share=half | share=half, expected a number
                    whole:x,mark=two   | mark=two, expected a character or one of bar, comma, plus,
                    whole:x,encoding=no such | encoding=no such, expected the name of an encoding
                    whole:x,colour=reed | colour=reed, expected one of red, dark-blue; did you mean 'red'?
                    """)
    void wrongArgumentsAreNamed(String text, String complaint) {
        String message = assertThrows(InputException.class, () -> read(text)).getMessage();
        assertEquals(complaint, message.substring(0, complaint.length()));
        assertThrows(InputException.class, () -> TEXT.of("x", Map.of("size", "1")));
    }
}
