package io.quadric.nn;

import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The order of a network's parameters in one flat vector: layer by layer, each array row-major. Layouts with the same
/// arrays and blocks are equal, so that equal networks take each other's parameters.
public final class ParameterLayout {
    private final List<ParameterSlice> slices;
    private final List<AffineBlock> blocks;
    private final int size;

    private ParameterLayout(List<ParameterSlice> slices, List<AffineBlock> blocks, int size) {
        this.slices = List.copyOf(slices);
        this.blocks = List.copyOf(blocks);
        this.size = size;
    }

    /// {@return all arrays in order}
    public List<ParameterSlice> slices() {
        return slices;
    }

    /// {@return all weight-and-bias blocks in order}
    public List<AffineBlock> blocks() {
        return blocks;
    }

    /// {@return the length of the flat vector}
    public int size() {
        return size;
    }

    /// {@return the arrays that belong to no block}
    public List<ParameterSlice> directSlices() {
        List<ParameterSlice> direct = new ArrayList<>(slices);
        for (AffineBlock block : blocks) {
            direct.remove(block.weight());
            block.bias().ifPresent(direct::remove);
        }
        return direct;
    }

    /// {@return the array of the given full name}
    ///
    /// @param name the name
    /// @throws IllegalArgumentException if there is none
    public ParameterSlice slice(String name) {
        for (ParameterSlice slice : slices) {
            if (slice.name().equals(name)) {
                return slice;
            }
        }
        throw new IllegalArgumentException("no parameter '" + name + "' among "
                + slices.stream().map(ParameterSlice::name).toList());
    }

    void require(ParameterLayout given) {
        if (!equals(given)) {
            throw new IllegalArgumentException("these parameters have the layout of another network: " + given
                    + ", expected " + this);
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof ParameterLayout that && slices.equals(that.slices) && blocks.equals(that.blocks);
    }

    @Override
    public int hashCode() {
        return slices.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        slices.forEach(slice -> text.append(text.isEmpty() ? "" : " ")
                .append(slice.name())
                .append(slice.spec().dimensions()));
        return text.toString();
    }

    /// Collects slices and blocks layer by layer.
    static final class Builder {
        private final List<ParameterSlice> slices = new ArrayList<>();
        private final List<AffineBlock> blocks = new ArrayList<>();
        private int size;

        /// Appends the parameters of a layer, named `<prefix>.<name>`.
        LayerSlices append(String prefix, List<ParameterSpec> specs, List<BlockSpec> blockSpecs) {
            List<ParameterSlice> own = new ArrayList<>();
            for (ParameterSpec spec : specs) {
                own.add(new ParameterSlice(spec.prefixed(prefix + "."), size));
                size = grown(size, spec);
            }
            List<AffineBlock> ownBlocks = new ArrayList<>();
            for (BlockSpec spec : blockSpecs) {
                Optional<ParameterSlice> bias = spec.bias().isPresent()
                        ? Optional.of(own.get(spec.bias().getAsInt()))
                        : Optional.empty();
                ownBlocks.add(new AffineBlock(blocks.size() + ownBlocks.size(), own.get(spec.weight()), bias));
            }
            slices.addAll(own);
            blocks.addAll(ownBlocks);
            return new LayerSlices(List.copyOf(own), List.copyOf(ownBlocks));
        }

        private static int grown(int size, ParameterSpec spec) {
            if (size > Integer.MAX_VALUE - 8 - spec.size()) {
                throw new IllegalArgumentException("the network has more than " + (Integer.MAX_VALUE - 8)
                        + " parameters, expected at most so many");
            }
            return size + spec.size();
        }

        ParameterLayout build() {
            return new ParameterLayout(slices, blocks, size);
        }
    }

    /// The part of the layout that belongs to one layer.
    record LayerSlices(List<ParameterSlice> slices, List<AffineBlock> blocks) {}
}
