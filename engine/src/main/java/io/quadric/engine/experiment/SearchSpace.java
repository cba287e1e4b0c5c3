package io.quadric.engine.experiment;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Draw;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a search may change of a method, and between which values: the rates and dampings that its optimizer
/// [declares][io.quadric.optim.Tunable#searchFrom()], but those that are given.
///
/// @param method the recipe with the values that are given
/// @param parameters what is searched
public record SearchSpace(OptimizerSpec method, List<HyperParameter> parameters) {
    /// Bases of Halton's sequence.
    private static final int[] PRIMES = {2, 3, 5, 7, 11, 13};

    /// Values with more digits than that are no better.
    private static final MathContext DIGITS = new MathContext(2);

    private static final int UNIT_BITS = 53;

    /// Copies the list.
    public SearchSpace {
        parameters = List.copyOf(parameters);
    }

    /// {@return the space of a method}
    ///
    /// @param method a recipe with the values that are given, which stay
    /// @throws InputException if that leaves nothing to search
    public static SearchSpace of(OptimizerSpec method) {
        List<HyperParameter> all = HyperParameters.of(method.optimizer()).stream()
                .filter(parameter -> !parameter.searched().isEmpty())
                .toList();
        List<HyperParameter> open = all.stream()
                .filter(parameter -> !method.values().containsKey(parameter.name()))
                .toList();
        if (open.isEmpty()) {
            throw new InputException(method.recipe() + " has nothing to search: " + (all.isEmpty()
                    ? "it finds rate and damping by itself, or has none"
                    : "all of " + all.stream().map(HyperParameter::name).toList() + " are given")
                    + "; expected a rate or a damping that is left open");
        }
        return new SearchSpace(method, open);
    }

    /// {@return the values of the candidates}: first the defaults, then points of Halton's sequence (1960) in the
    /// logarithms, shifted at random modulo 1 (Cranley & Patterson 1976), so that any number of them is spread evenly;
    /// with two digits.
    ///
    /// @param count how many
    /// @param seed of the shift
    public List<Map<String, String>> candidates(int count, long seed) {
        List<Map<String, String>> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int k = 0; k < parameters.size(); k++) {
                HyperParameter parameter = parameters.get(k);
                values.put(parameter.name(), i == 0 ? parameter.value() : value(parameter, point(i - 1, k, seed)));
            }
            candidates.add(values);
        }
        return candidates;
    }

    private static double point(int index, int axis, long seed) {
        double shift = (new Draw(seed, 0).bits(axis) >>> Long.SIZE - UNIT_BITS) * 0x1p-53;
        double sum = radicalInverse(index, PRIMES[axis % PRIMES.length]) + shift;
        return sum < 1 ? sum : sum - 1;
    }

    /// The digits of the index after the point in reverse order.
    private static double radicalInverse(int index, int base) {
        double inverse = 0;
        double place = 1;
        for (int rest = index; rest > 0; rest /= base) {
            place /= base;
            inverse += place * (rest % base);
        }
        return inverse;
    }

    /// StrictMath, so that every machine has the same values.
    private static String value(HyperParameter parameter, double point) {
        double least = parameter.searched().getFirst();
        double value = least * StrictMath.pow(parameter.searched().getLast() / least, point);
        return Double.toString(new BigDecimal(value).round(DIGITS).doubleValue());
    }
}
