import static java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import static java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import static java.lang.classfile.ClassFile.DebugElementsOption;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts the bodies of static methods that take or return vectors in the place of their calls, and removes them; and casts
 * vectors to their class where they are made and where ways of a method meet. A call that C2 does not inline makes an object of every vector
 * that crosses it. Whether it inlines depends on what was compiled before and on how much else is in the method, and, if
 * it is a call of a vector's own method, on the classes that the JVM has seen, unless C2 knows that of the vector:
 * docs/adr/0031-inlined-vectors.md. Run by the build after the compiler: java --add-modules jdk.incubator.vector
 * InlineVectors.java CLASSES PACKAGE
 */
final class InlineVectors {
    private static final String VECTORS = "jdk.incubator.vector";
    private static final String SPECIES = "VectorSpecies";

    /** Fields of SimdSpecies with the classes of vectors. */
    private static final Map<String, String> CLASSES = Map.of(
            "FloatVector", "FLOAT32_VECTOR",
            "DoubleVector", "FLOAT64_VECTOR",
            "IntVector", "INT32_VECTOR",
            "LongVector", "INT64_VECTOR");

    /** Fields with species of other classes. */
    private static final Set<String> OTHERS = Set.of("NARROW", "FOUR");

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

    private static String key(ClassDesc owner, String name, MethodTypeDesc type) {
        return owner.descriptorString() + name + type.descriptorString();
    }

    private static boolean carriesVectors(MethodTypeDesc type) {
        return Stream.concat(Stream.of(type.returnType()), type.parameterList().stream())
                .anyMatch(InlineVectors::isVector);
    }

    private static boolean isVector(ClassDesc type) {
        return type.packageName().equals(VECTORS) && !isSpecies(type);
    }

    private static boolean isSpecies(ClassDesc type) {
        return type.displayName().equals(SPECIES);
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
                        into.withCode(b -> new Body(b, code, 0, new ArrayDeque<>()).write());
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

    /** The code of a method, written into another one, or into its own again. */
    private final class Body {
        private final CodeBuilder builder;
        private final CodeModel code;
        private final int base;
        private final Deque<String> within;
        private final List<CodeElement> elements;
        private final Map<Label, StackMapFrameInfo> frames = new HashMap<>();
        private final Map<Label, Label> labels = new HashMap<>();
        private final int free;
        private String species = "";
        private boolean converted;

        /** base is the first of its local variables, within are the calls that it is in. */
        Body(CodeBuilder builder, CodeModel code, int base, Deque<String> within) {
            this.builder = builder;
            this.code = code;
            this.base = base;
            this.within = within;
            this.free = base + ((CodeAttribute) code).maxLocals();
            this.elements = code.elementList();
            code.findAttribute(Attributes.stackMapTable())
                    .ifPresent(table -> table.entries().forEach(frame -> frames.put(frame.target(), frame)));
        }

        void write() {
            Label end = builder.newLabel();
            int last = elements.size() - 1;
            while (!(elements.get(last) instanceof Instruction)) {
                last--;
            }
            int returns = 0;
            for (int i = 0; i < elements.size(); i++) {
                if (elements.get(i) instanceof LabelTarget target) {
                    bind(i, target.label());
                } else if (within.isEmpty() || !(elements.get(i) instanceof ReturnInstruction)) {
                    write(elements.get(i));
                } else {
                    returns++;
                    if (i < last) {
                        builder.goto_(end);
                    }
                }
            }
            builder.labelBinding(end);
            ClassDesc result = code.parent().orElseThrow().methodTypeSymbol().returnType();
            if (returns > 1 && isVector(result)) {
                cast(result);
            }
        }

        private void write(CodeElement element) {
            switch (element) {
                case LoadInstruction i -> builder.loadLocal(i.typeKind(), base + i.slot());
                case StoreInstruction i -> builder.storeLocal(i.typeKind(), base + i.slot());
                case IncrementInstruction i -> builder.iinc(base + i.slot(), i.constant());
                case BranchInstruction i -> builder.branch(i.opcode(), label(i.target()));
                case LookupSwitchInstruction i -> builder.lookupswitch(label(i.defaultTarget()), cases(i.cases()));
                case TableSwitchInstruction i -> builder.tableswitch(
                        i.lowValue(), i.highValue(), label(i.defaultTarget()), cases(i.cases()));
                case ExceptionCatch i -> handler(i);
                case InvokeInstruction i -> {
                    call(i);
                    castMade(i);
                }
                case InvokeDynamicInstruction i -> reference(i);
                case FieldInstruction i -> {
                    builder.with(i);
                    if (isSpecies(i.typeSymbol())) {
                        species = i.name().stringValue();
                    }
                }
                case TypeCheckInstruction i -> {
                    builder.with(i);
                    if (converted && isVector(i.type().asSymbol()) && !OTHERS.contains(species)) {
                        cast(i.type().asSymbol());
                    }
                    converted = false;
                }
                default -> builder.with(element);
            }
        }

        /**
         * The Vector API says of a result that it is a vector, no more, and C2 may inline the call only after the next
         * one, whose method it would then choose by what the JVM has seen.
         */
        private void castMade(InvokeInstruction i) {
            ClassDesc result = i.typeSymbol().returnType();
            converted = i.name().equalsString("convertShape");
            if (i.owner().asSymbol().packageName().equals(VECTORS) && CLASSES.containsKey(result.displayName())
                    && !OTHERS.contains(species)) {
                cast(result);
            }
        }

        /**
         * Names the class of vectors that differ from one way to another that leads here: first from those before,
         * then, where a loop begins, of those that the loop changes. Those that it does not change must not be
         * written in it: C2 would no longer know that they are not null.
         */
        private void bind(int at, Label original) {
            builder.labelBinding(label(original));
            StackMapFrameInfo frame = frames.remove(original);
            if (frame == null) {
                return;
            }
            int first = at;
            int last = at;
            for (int i = 0; i < elements.size(); i++) {
                if (leadsTo(elements.get(i), original)) {
                    first = Math.min(first, i);
                    last = Math.max(last, i);
                }
            }
            castStored(first, at, frame);
            if (!frame.stack().isEmpty() && frame.stack().getLast() instanceof ObjectVerificationTypeInfo object
                    && isVector(object.classSymbol())) {
                cast(object.classSymbol());
            }
            if (last > at) {
                Label loop = builder.newBoundLabel();
                labels.put(original, loop);
                castStored(at, last, frame);
            }
        }

        private void castStored(int from, int to, StackMapFrameInfo frame) {
            Set<Integer> stored = new HashSet<>();
            for (CodeElement element : elements.subList(from, to)) {
                if (element instanceof StoreInstruction store) {
                    stored.add(store.slot());
                }
            }
            int slot = 0;
            for (VerificationTypeInfo local : frame.locals()) {
                if (stored.contains(slot) && local instanceof ObjectVerificationTypeInfo object
                        && isVector(object.classSymbol())) {
                    builder.aload(base + slot);
                    cast(object.classSymbol());
                    builder.astore(base + slot);
                }
                slot += local == SimpleVerificationTypeInfo.LONG || local == SimpleVerificationTypeInfo.DOUBLE ? 2 : 1;
            }
        }

        /** The vector on top of the operands gets the class that this machine has for its type. */
        private void cast(ClassDesc type) {
            String field = CLASSES.get(type.displayName());
            if (field == null) {
                throw new IllegalStateException(code.parent() + ": a " + type.displayName() + " of a loop or a choice");
            }
            builder.getstatic(ClassDesc.of(name, "SimdSpecies"), field, CD_Class)
                    .swap()
                    .invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object))
                    .checkcast(type);
        }

        private boolean leadsTo(CodeElement element, Label target) {
            return switch (element) {
                case BranchInstruction i -> i.target().equals(target);
                case LookupSwitchInstruction i -> i.defaultTarget().equals(target)
                        || i.cases().stream().anyMatch(c -> c.target().equals(target));
                case TableSwitchInstruction i -> i.defaultTarget().equals(target)
                        || i.cases().stream().anyMatch(c -> c.target().equals(target));
                default -> false;
            };
        }

        private Label label(Label original) {
            return labels.computeIfAbsent(original, l -> builder.newLabel());
        }

        private List<SwitchCase> cases(List<SwitchCase> cases) {
            return cases.stream().map(c -> SwitchCase.of(c.caseValue(), label(c.target()))).toList();
        }

        /** An exception leaves only its own operands behind, so that a handler cannot be in the midst of a call. */
        private void handler(ExceptionCatch i) {
            if (!within.isEmpty()) {
                throw new IllegalStateException(within + ": a method that is inlined cannot catch exceptions");
            }
            builder.exceptionCatch(label(i.tryStart()), label(i.tryEnd()), label(i.handler()), i.catchType());
        }

        /** What is removed cannot be called through a reference. */
        private void reference(InvokeDynamicInstruction i) {
            for (ConstantDesc argument : i.bootstrapArgs()) {
                if (argument instanceof DirectMethodHandleDesc method
                        && helpers.containsKey(key(method.owner(), method.methodName(),
                                MethodTypeDesc.ofDescriptor(method.lookupDescriptor())))) {
                    throw new IllegalStateException(method + ": a method with vectors cannot be a function");
                }
            }
            builder.with(i);
        }

        private void call(InvokeInstruction i) {
            String name = key(i.owner().asSymbol(), i.name().stringValue(), i.typeSymbol());
            MethodModel helper = helpers.get(name);
            if (helper == null) {
                builder.with(i);
                return;
            }
            if (within.contains(name)) {
                throw new IllegalStateException(name + " calls itself");
            }
            int slot = free;
            List<ClassDesc> parameters = i.typeSymbol().parameterList();
            List<Integer> slots = new ArrayList<>();
            for (ClassDesc parameter : parameters) {
                slots.add(slot);
                slot += TypeKind.from(parameter).slotSize();
            }
            for (int p = parameters.size() - 1; p >= 0; p--) {
                builder.storeLocal(TypeKind.from(parameters.get(p)), slots.get(p));
            }
            within.push(name);
            new Body(builder, helper.code().orElseThrow(), free, within).write();
            within.pop();
        }
    }
}
