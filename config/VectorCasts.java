import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Casts of vectors to the class that this machine has for their type, in a body that is being written: of what an
 * operation makes, and where ways meet. They cost nothing, and tell C2 the class.
 */
final class VectorCasts {
    private static final String VECTORS = "jdk.incubator.vector";
    private static final String SPECIES = "VectorSpecies";

    /** Fields of SimdSpecies with the classes of vectors. */
    private static final Map<String, String> CLASSES = Map.of(
            "FloatVector", "FLOAT32_VECTOR",
            "DoubleVector", "FLOAT64_VECTOR",
            "IntVector", "INT32_VECTOR",
            "LongVector", "INT64_VECTOR");

    /** Fields with species of other classes; vectors that are made after one of them was named are not cast. */
    private static final Set<String> OTHERS = Set.of("NARROW", "FOUR", "EIGHT");

    /** In names of classes whose methods are long, and simple enough for casts where ways meet only. */
    private static final List<String> LONG = List.of("MicroKernel", "StripKernel");

    private final CodeBuilder builder;
    private final ClassDesc classes;
    private final boolean eachOperation;
    private String species = "";
    private boolean converted;

    /** In a class of that name; each operation would make the body longer than what C1 can compile (decision 31). */
    VectorCasts(CodeBuilder builder, String packageName, ClassDesc owner) {
        this.builder = builder;
        this.classes = ClassDesc.of(packageName, "SimdSpecies");
        this.eachOperation = LONG.stream().noneMatch(owner.displayName()::contains);
    }

    static boolean isVector(ClassDesc type) {
        return type.packageName().equals(VECTORS) && !isSpecies(type);
    }

    private static boolean isSpecies(ClassDesc type) {
        return type.displayName().equals(SPECIES);
    }

    /** What is made next has the species of this field, if it has one. */
    void after(FieldInstruction i) {
        if (isSpecies(i.typeSymbol())) {
            species = i.name().stringValue();
        }
    }

    /**
     * The Vector API says of a result that it is a vector, no more, and C2 may inline the call only after the next one,
     * whose method it would then choose by what the JVM has seen.
     */
    void after(InvokeInstruction i) {
        ClassDesc result = i.typeSymbol().returnType();
        converted = i.name().equalsString("convertShape");
        if (i.owner().asSymbol().packageName().equals(VECTORS) && CLASSES.containsKey(result.displayName())
                && eachOperation && !OTHERS.contains(species)) {
            top(result);
        }
    }

    /** A conversion has the result type of its species, which the compiler casts. */
    void after(TypeCheckInstruction i) {
        if (converted && isVector(i.type().asSymbol()) && !OTHERS.contains(species)) {
            top(i.type().asSymbol());
        }
        converted = false;
    }

    /** The vector on top of the operands. */
    void top(ClassDesc type) {
        String field = CLASSES.get(type.displayName());
        if (field == null) {
            throw new IllegalStateException("a " + type.displayName() + " of a loop or a choice");
        }
        builder.getstatic(classes, field, CD_Class)
                .swap()
                .invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object))
                .checkcast(type);
    }

    /** The result of a choice within an expression, where ways meet. */
    void chosen(StackMapFrameInfo frame) {
        if (!frame.stack().isEmpty() && isVector(frame.stack().getLast())) {
            top(((ObjectVerificationTypeInfo) frame.stack().getLast()).classSymbol());
        }
    }

    /** The local variables, from base on, that some of the ways to where they meet write to. */
    void written(List<CodeElement> ways, StackMapFrameInfo frame, int base) {
        Set<Integer> written = new HashSet<>();
        for (CodeElement element : ways) {
            if (element instanceof StoreInstruction store) {
                written.add(store.slot());
            }
        }
        int slot = 0;
        for (VerificationTypeInfo local : frame.locals()) {
            if (written.contains(slot) && isVector(local)) {
                builder.aload(base + slot);
                top(((ObjectVerificationTypeInfo) local).classSymbol());
                builder.astore(base + slot);
            }
            slot += local == SimpleVerificationTypeInfo.LONG || local == SimpleVerificationTypeInfo.DOUBLE ? 2 : 1;
        }
    }

    private static boolean isVector(VerificationTypeInfo type) {
        return type instanceof ObjectVerificationTypeInfo object && isVector(object.classSymbol());
    }
}
