import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The code of a method, written into another one, or into its own again, with bodies in the place of calls. */
final class InlinedBody {
    private final InlineVectors program;
    private final CodeBuilder builder;
    private final CodeModel code;
    private final int base;
    private final Deque<MethodModel> within;
    private final List<CodeElement> elements;
    private final VectorCasts casts;
    private final Map<Label, StackMapFrameInfo> frames = new HashMap<>();
    private final Map<Label, Label> labels = new HashMap<>();
    private final int free;

    /** Of a method that is written anew. */
    InlinedBody(InlineVectors program, CodeBuilder builder, CodeModel code) {
        this(program, builder, code, 0, new ArrayDeque<>());
    }

    /** base is the first of its local variables, within are the methods that it is in. */
    private InlinedBody(
            InlineVectors program, CodeBuilder builder, CodeModel code, int base, Deque<MethodModel> within) {
        this.program = program;
        this.builder = builder;
        this.code = code;
        this.base = base;
        this.within = within;
        this.elements = code.elementList();
        ClassDesc owner = code.parent().orElseThrow().parent().orElseThrow().thisClass().asSymbol();
        this.casts = new VectorCasts(builder, program.packageName(), owner);
        this.free = base + ((CodeAttribute) code).maxLocals();
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
        if (returns > 1 && VectorCasts.isVector(result)) {
            casts.top(result);
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
            case InvokeDynamicInstruction i -> reference(i);
            case InvokeInstruction i -> {
                call(i);
                casts.after(i);
            }
            case FieldInstruction i -> {
                builder.with(i);
                casts.after(i);
            }
            case TypeCheckInstruction i -> {
                builder.with(i);
                casts.after(i);
            }
            default -> builder.with(element);
        }
    }

    /**
     * A place that other ways may lead to. Vectors that differ from one to another are cast: first those from before,
     * then, where a loop begins, those that the loop changes. Those that it does not change must not be written in it:
     * C2 would no longer know that they are not null.
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
        casts.written(elements.subList(first, at), frame, base);
        casts.chosen(frame);
        if (last > at) {
            labels.put(original, builder.newBoundLabel());
            casts.written(elements.subList(at, last), frame, base);
        }
    }

    private static boolean leadsTo(CodeElement element, Label target) {
        return switch (element) {
            case BranchInstruction i -> i.target().equals(target);
            case LookupSwitchInstruction i -> leadsTo(i.defaultTarget(), i.cases(), target);
            case TableSwitchInstruction i -> leadsTo(i.defaultTarget(), i.cases(), target);
            default -> false;
        };
    }

    private static boolean leadsTo(Label usual, List<SwitchCase> cases, Label target) {
        return usual.equals(target) || cases.stream().anyMatch(c -> c.target().equals(target));
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
                    && program.helper(method.owner(), method.methodName(),
                            MethodTypeDesc.ofDescriptor(method.lookupDescriptor())).isPresent()) {
                throw new IllegalStateException(method + ": a method with vectors cannot be a function");
            }
        }
        builder.with(i);
    }

    private void call(InvokeInstruction i) {
        Optional<MethodModel> called = program.helper(
                i.owner().asSymbol(), i.name().stringValue(), i.typeSymbol());
        if (called.isEmpty()) {
            builder.with(i);
            return;
        }
        MethodModel helper = called.get();
        if (within.contains(helper)) {
            throw new IllegalStateException(helper + " calls itself");
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
        within.push(helper);
        new InlinedBody(program, builder, helper.code().orElseThrow(), free, within).write();
        within.pop();
    }
}
