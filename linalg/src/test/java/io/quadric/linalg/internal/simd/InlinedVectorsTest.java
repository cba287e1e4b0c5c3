package io.quadric.linalg.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The build has put the bodies of methods with vectors in the place of their calls (decision 31).
class InlinedVectorsTest {
    /// C1 runs out of virtual registers in methods of operations on vectors with more bytes of code: it compiled 2,800,
    /// not 3,700. The JVM may then stay for ever with the code that it had before, or with the interpreter.
    private static final int LARGEST = 3000;

    @Test
    void noMethodTakesOrReturnsVectors() throws Exception {
        List<String> found = new ArrayList<>();
        int methods = 0;
        for (ClassModel type : classes()) {
            for (MethodModel method : type.methods()) {
                methods++;
                if (carriesVectors(method.methodTypeSymbol())) {
                    found.add(type.thisClass().asInternalName() + "." + method.methodName().stringValue());
                }
            }
        }
        assertTrue(methods > 500, () -> "few classes were read");
        assertEquals(List.of(), found);
    }

    @Test
    void noKernelIsTooLargeToBeCompiled() throws Exception {
        for (ClassModel type : classes()) {
            for (MethodModel method : type.methods()) {
                int size = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
                assertTrue(size < LARGEST,
                        () -> type.thisClass().asInternalName() + "." + method.methodName() + " has " + size);
            }
        }
    }

    private static boolean carriesVectors(MethodTypeDesc type) {
        return Stream.concat(Stream.of(type.returnType()), type.parameterList().stream())
                .map(ClassDesc::descriptorString)
                .anyMatch(t -> t.startsWith("Ljdk/incubator/vector/") && !t.contains("VectorSpecies"));
    }

    /// All classes of linalg.
    private static List<ClassModel> classes() throws IOException, URISyntaxException {
        Path root = Path.of(SimdKernelSet.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            List<ClassModel> models = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                models.add(ClassFile.of().parse(file));
            }
            return models;
        }
    }
}
