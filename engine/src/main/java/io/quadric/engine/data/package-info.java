/// Data sets: the embedded digits, folders in the formats of MNIST, CIFAR-10 and Olivetti's faces, and made-up ones.
package io.quadric.engine.data;
