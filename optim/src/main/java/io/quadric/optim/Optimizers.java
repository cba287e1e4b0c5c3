package io.quadric.optim;

import java.util.List;
import java.util.stream.Collectors;

/// The named recipes: each a composition with its published defaults, in a line.
public final class Optimizers {
    private Optimizers() {}

    /// {@return Hessian-free optimisation with Tikhonov damping adapted by the Levenberg–Marquardt rule,
    /// Fisher-diagonal preconditioning, CG backtracking and a line search (Martens & Sutskever 2012, §13, first
    /// method)}
    public static HessianFree hessianFree() {
        return HessianFree.defaults();
    }

    /// {@return KFAC (Botev et al. 2017; Ren 2022, Algorithm 12)}
    public static Kfac kfac() {
        return Kfac.defaults();
    }

    /// {@return Adam with the defaults of the paper}
    public static Adam adam() {
        return new Adam(new DirectStep(1e-3), 0.9, 0.999, 1e-8);
    }

    /// {@return gradient descent with momentum 0.9}
    public static Sgd sgd() {
        return new Sgd(new DirectStep(1e-2), 0.9);
    }

    /// {@return all recipes}
    public static List<Recipe> all() {
        return List.of(
                new Recipe(
                        "hessian-free",
                        "Hessian-free optimisation: damped Gauss-Newton steps by conjugate gradients",
                        "Martens & Sutskever (2012), §13, first method",
                        hessianFree()),
                new Recipe(
                        "kfac",
                        "Kronecker-factored curvature of every layer, inverted factor by factor",
                        "Ren (2022), Algorithm 12 and Tables 2.5, 3.5",
                        kfac()),
                new Recipe("adam", "Adaptive moments with decoupled weight decay", "Kingma & Ba (2015)", adam()),
                new Recipe("sgd", "Gradient descent with heavy-ball momentum", "Polyak (1964)", sgd()));
    }

    /// {@return the recipe of the given name}
    ///
    /// @param name the name
    /// @throws IllegalArgumentException if there is none; the message names the known ones
    public static Recipe named(String name) {
        for (Recipe recipe : all()) {
            if (recipe.name().equals(name)) {
                return recipe;
            }
        }
        throw new IllegalArgumentException("unknown optimizer '" + name + "', expected one of "
                + all().stream().map(Recipe::name).collect(Collectors.joining(", ")));
    }
}
