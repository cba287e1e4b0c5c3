package io.quadric.optim;

/// What is done with the CG iterates before the parameters move (Martens & Sutskever 2012, §8.7 and §8.8).
///
/// @param backtracking whether an earlier iterate is taken while it has a lower objective on the gradient batch
/// @param lineSearch whether the step is shortened until it meets the Armijo condition on the gradient batch
public record StepSearch(
        @Hyper("whether to go back to earlier CG iterates") boolean backtracking,
        @Hyper("whether to search along the step") boolean lineSearch) {
    static final double SHRINK = 0.8;
    static final double SLOPE = 1e-2;
    static final int TRIALS = 60;
}
