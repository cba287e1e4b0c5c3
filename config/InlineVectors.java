import static java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import static java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import static java.lang.classfile.ClassFile.DebugElementsOption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts the bodies of static methods that take or return vectors in the place of their calls, and removes them
 * (InlinedBody), and names the classes of vectors (VectorCasts). A call that C2 does not inline makes an object of any
 * vector that crosses it. Whether it inlines depends on what was compiled before and on how much else is in the method,
 * and, if it is a call of a vector's own method, on the classes that the JVM has seen, unless C2 knows the vector's:
 * docs/adr/0031-inlined-vectors.md. Run by the build after the compiler, with the module jdk.incubator.vector added:
 * java InlineVectors.java CLASSES PACKAGE
 */
final class InlineVectors {
    private final Map<String, MethodModel> helpers = new HashMap<>();
    private final List<ClassModel> classes = new ArrayList<>();
    private final ClassFile format;
    private final String name;
    private final Path folder;

    private InlineVectors(Path root, String name) throws IOException {
        ClassHierarchyResolver compiled = ClassHierarchyResolver.ofResourceParsing(type -> {
            try {
                Path file = root.resolve(type.packageName().replace('.', '/')).resolve(type.displayName() + ".class");
                return Files.exists(file) ? Files.newInputStream(file) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        format = ClassFile.of(
                ClassHierarchyResolverOption.of(compiled.orElse(ClassHierarchyResolver.defaultResolver())),
                DebugElementsOption.DROP_DEBUG,
                ConstantPoolSharingOption.NEW_POOL);
        this.name = name;
        folder = root.resolve(name.replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                classes.add(format.parse(file));
            }
        }
    }

    public static void main(String[] args) throws IOException {
        new InlineVectors(Path.of(args[0]), args[1]).run();
    }

    private void run() throws IOException {
        for (ClassModel type : classes) {
            for (MethodModel method : type.methods()) {
                if (method.flags().has(AccessFlag.STATIC) && carriesVectors(method.methodTypeSymbol())) {
                    helpers.put(key(type.thisClass().asSymbol(), method.methodName().stringValue(),
                            method.methodTypeSymbol()), method);
                }
            }
        }
        if (helpers.isEmpty()) {
            return; // an earlier run has done it
        }
        for (ClassModel type : classes) {
            Files.write(folder.resolve(type.thisClass().asSymbol().displayName() + ".class"), inlined(type));
        }
    }

    /** The method that is put in the place of its calls, if it is one. */
    Optional<MethodModel> helper(ClassDesc owner, String name, MethodTypeDesc type) {
        return Optional.ofNullable(helpers.get(key(owner, name, type)));
    }

    /** Where the kernels are. */
    String packageName() {
        return name;
    }

    private static String key(ClassDesc owner, String name, MethodTypeDesc type) {
        return owner.descriptorString() + name + type.descriptorString();
    }

    private static boolean carriesVectors(MethodTypeDesc type) {
        return Stream.concat(Stream.of(type.returnType()), type.parameterList().stream())
                .anyMatch(VectorCasts::isVector);
    }

    private byte[] inlined(ClassModel type) {
        return format.transformClass(type, (builder, element) -> {
            if (element instanceof FieldModel field) {
                builder.transformField(field, (into, part) -> {
                    if (isPrivate(part)) {
                        into.withFlags(opened(part));
                    } else {
                        into.with(part);
                    }
                });
            } else if (!(element instanceof MethodModel method) || method.code().isEmpty()) {
                builder.with(element);
            } else if (!helpers.containsValue(method)) {
                builder.transformMethod(method, (into, part) -> {
                    if (part instanceof CodeModel code) {
                        into.withCode(b -> new InlinedBody(this, b, code).write());
                    } else if (isPrivate(part)) {
                        into.withFlags(opened(part));
                    } else {
                        into.with(part);
                    }
                });
            }
        });
    }

    /** What bodies refer to in their own class must be within reach of the classes that they are put into. */
    private static boolean isPrivate(Object part) {
        return part instanceof AccessFlags access && access.has(AccessFlag.STATIC) && access.has(AccessFlag.PRIVATE);
    }

    private static int opened(Object part) {
        return ((AccessFlags) part).flagsMask() & ~AccessFlag.PRIVATE.mask();
    }
}
