package io.quadric.engine.train;

import io.quadric.linalg.Vector;
import io.quadric.optim.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a run remembers when it goes on with other hyper-parameters or by another method (Martens & Sutskever 2012,
/// §13: "when nearing the end of optimization, we adopt some of the methods …").
///
/// By the same method everything is kept but what the changed hyper-parameters begin: numbers of which they set the
/// first value, such as λ, and arrays whose size they decide. A method that is put around another one, such as an
/// average, begins with the current parameters. Another method begins anew.
///
/// @param state what the run goes on from; empty if it begins anew
/// @param notes what is kept, what begins anew, and what is dropped, in words
public record CarriedState(Optional<State> state, List<String> notes) {
    /// Names the arrays of a run around another run.
    private static final String INNER = "inner.";

    /// {@return what is carried}
    ///
    /// @param kept the memory of the run so far
    /// @param before the memory of a run of the old method that has not begun
    /// @param fresh the memory of a run of the new method that has not begun
    static CarriedState of(State kept, State before, State fresh) {
        if (!method(kept).equals(method(fresh))) {
            return new CarriedState(Optional.empty(), List.of("the memory of " + method(kept) + " is dropped, "
                    + method(fresh) + " begins anew; parameters, step, epoch and seconds go on"));
        }
        List<String> notes = new ArrayList<>();
        State state = new State(fresh.method());
        int deeper = depth(fresh) - depth(kept);
        numbers(state, renamed(kept, deeper), renamed(before, deeper), fresh, notes);
        arrays(state, renamed(kept, deeper), renamed(before, deeper), fresh, notes);
        if (notes.isEmpty()) {
            notes.add("all of its memory is kept");
        } else {
            notes.add("all else of its memory is kept");
        }
        return new CarriedState(Optional.of(state), notes);
    }

    /// The method itself, without what is around it.
    private static String method(State state) {
        return state.method().substring(state.method().lastIndexOf(' ') + 1);
    }

    private static int depth(State state) {
        return state.method().split(" ").length;
    }

    /// The same with the names it would have inside, or outside, of more runs.
    private static State renamed(State state, int deeper) {
        State renamed = new State(state.method());
        state.numbers().forEach((name, value) -> renamed(name, deeper).ifPresent(to -> renamed.put(to, value)));
        state.arrays().forEach((name, values) -> renamed(name, deeper).ifPresent(to -> renamed.put(to, values)));
        return renamed;
    }

    private static Optional<String> renamed(String name, int deeper) {
        if (deeper >= 0) {
            return Optional.of(INNER.repeat(deeper) + name);
        }
        String prefix = INNER.repeat(-deeper);
        return name.startsWith(prefix) ? Optional.of(name.substring(prefix.length())) : Optional.empty();
    }

    private static void numbers(State state, State kept, State before, State fresh, List<String> notes) {
        fresh.numbers().forEach((name, value) -> {
            Double old = kept.numbers().get(name);
            boolean set = !value.equals(before.numbers().get(name));
            if (old == null || set) {
                state.put(name, value);
                notes.add(name + " begins at " + value + (old == null
                        ? ""
                        : ", it was "
                                + String.format(Locale.ROOT, "%.5g", old)));
            } else {
                state.put(name, old);
            }
        });
        kept.numbers().forEach((name, value) -> {
            if (before.numbers().containsKey(name) && !fresh.numbers().containsKey(name)) {
                notes.add(name + " is dropped");
            } else if (!fresh.numbers().containsKey(name)) {
                state.put(name, value);
            }
        });
    }

    private static void arrays(State state, State kept, State before, State fresh, List<String> notes) {
        fresh.arrays().forEach((name, values) -> {
            Vector old = kept.arrays().get(name);
            boolean fits = old != null && old.size() == values.size() && old.precision() == values.precision();
            state.put(name, fits ? old : values);
            if (!fits) {
                notes.add(name + " begins anew");
            }
        });
        kept.arrays().forEach((name, values) -> {
            if (before.arrays().containsKey(name) && !fresh.arrays().containsKey(name)) {
                notes.add(name + " is dropped");
            } else if (!fresh.arrays().containsKey(name)) {
                state.put(name, values);
            }
        });
    }
}
