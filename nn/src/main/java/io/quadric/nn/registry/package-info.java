/// Names for what a program can be asked for: layers, losses, first parameters, and above this module optimizers, data
/// sources, models and experiments.
///
/// A [io.quadric.nn.registry.Registry] lists the entries of one kind, the built-in ones in one place of the source,
/// followed by those of every [io.quadric.nn.registry.Extension] on the class or module path. The command line with its
/// help and its error messages, JSON, the random networks of the laws and the counts of operations all read the
/// registries. So an addition is one file for the class and one line for its name.
///
/// An entry that describes a record class says what its arguments are by a [io.quadric.nn.registry.RecordType], which
/// reads the components of the record and their [io.quadric.nn.registry.Argument] annotations.
package io.quadric.nn.registry;
