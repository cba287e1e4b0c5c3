package io.quadric.optim.tensor;

import io.quadric.nn.layer.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The shapes of tensors that [Tnt] and [Shampoo] see in parameter arrays. Elements keep their row-major order, so a
/// view may merge or split neighbouring axes.
@FunctionalInterface
public interface TensorView {
    /// {@return the sizes d₁, …, d_k, whose product is `spec.size()`}
    ///
    /// @param spec a parameter array, with its full name
    List<Integer> dimensions(ParameterSpec spec);

    /// The usual views.
    enum Usual implements TensorView {
        /// The positions of a convolution's filter are one axis, so that its weight has three: outputs, inputs and
        /// positions (Ren 2022, §4.7.2). Other arrays are as declared.
        FILTERS_MERGED {
            @Override
            public List<Integer> dimensions(ParameterSpec spec) {
                return merged(spec.dimensions(), 3);
            }
        },
        /// Every array as its layer declares it.
        DECLARED {
            @Override
            public List<Integer> dimensions(ParameterSpec spec) {
                return spec.dimensions();
            }
        },
        /// The first axis, and all others as one: two factors, as KFAC has.
        MATRICES {
            @Override
            public List<Integer> dimensions(ParameterSpec spec) {
                return merged(spec.dimensions(), 2);
            }
        };

        /// The first axes as they are, and all from axis `count` − 1 on as one.
        private static List<Integer> merged(List<Integer> dimensions, int count) {
            if (dimensions.size() <= count) {
                return dimensions;
            }
            List<Integer> merged = new ArrayList<>(dimensions.subList(0, count - 1));
            merged.add(dimensions.stream().skip(count - 1).reduce(1, Math::multiplyExact));
            return merged;
        }
    }

    /// Some arrays by name, the others by another view.
    ///
    /// @param named sizes by the full name of the array, such as `0.weight`
    /// @param others the view of all other arrays
    record Named(Map<String, List<Integer>> named, TensorView others) implements TensorView {
        /// Copies the map.
        public Named {
            named = Map.copyOf(named);
        }

        @Override
        public List<Integer> dimensions(ParameterSpec spec) {
            List<Integer> own = named.get(spec.name());
            return own != null ? own : others.dimensions(spec);
        }
    }
}
