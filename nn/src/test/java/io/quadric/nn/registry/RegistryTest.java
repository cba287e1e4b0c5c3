package io.quadric.nn.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.nn.Initializer;
import io.quadric.nn.InitializerKind;
import io.quadric.nn.Registries;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {
    private record Fruit(String name) implements Named {}

    private static Registry<Fruit> registry(String... names) {
        List<Fruit> fruits = List.of(names).stream().map(Fruit::new).toList();
        return new Registry<>("fruit", Fruit.class, fruits, Map.of("pippin", "apple"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aple   | unknown fruit 'aple', expected one of apple, pear, peach; did you mean 'apple'?
            pera   | unknown fruit 'pera', expected one of apple, pear, peach; did you mean 'pear'?
            pearch | unknown fruit 'pearch', expected one of apple, pear, peach; did you mean 'peach'?
            peah   | unknown fruit 'peah', expected one of apple, pear, peach; did you mean 'pear' or 'peach'?
            banana | unknown fruit 'banana', expected one of apple, pear, peach
            pippin | unknown fruit 'pippin', which is now called 'apple'
            """)
    void whatIsUnknownIsToldFromWhatIsKnown(String name, String message) {
        Registry<Fruit> registry = registry("apple", "pear", "peach");
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> registry.get(name)).getMessage());
        assertEquals(new Fruit("pear"), registry.get("pear"));
        assertEquals(List.of("apple", "pear", "peach"), registry.names());
    }

    @Test
    void aNameIsTakenOnce() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> registry("apple", "pear", "apple"));
        assertEquals("the fruit 'apple' is registered twice, expected different names", e.getMessage());
    }

    /// [Orchard] is in the services of the tests; its fruit is no entry of another registry.
    @Test
    void extensionsAddEntriesOfTheClassAfterTheBuiltInOnes() {
        Registry<Planted> planted = new Registry<>("tree", Planted.class, List.of(new Planted("oak")));
        assertEquals(List.of("oak", "cherry"), planted.names());
        assertEquals(List.of("apple"), registry("apple").names());
    }

    /// In the extension.
    record Planted(String name) implements Named {}

    /// Adds a tree.
    public static final class Orchard implements Extension {
        @Override
        public List<Named> entries() {
            return List.of(new Planted("cherry"));
        }
    }

    @Test
    void aRecordIsMadeOfItsArgumentsAndRefusesThem() {
        InitializerKind sparse = Registries.INITIALIZERS.get("sparse");
        assertEquals(List.of("connections", "deviation", "bias"),
                sparse.type().fields().stream().map(RecordType.Field::name).toList());
        Initializer made = sparse.type().create(field -> field.type() == int.class ? (Object) 7 : (Object) 0.5);
        assertEquals(Initializer.sparse(7, 0.5, 0.5), made);
        assertEquals(7, sparse.type().fields().getFirst().of(made));
        assertThrows(IllegalArgumentException.class, () -> sparse.type()
                .create(field -> field.type() == int.class ? (Object) 0 : (Object) 0.5));
        assertThrows(IllegalArgumentException.class, () -> new RecordType<>(String.class));
    }
}
