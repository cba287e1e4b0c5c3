/// Data sets: the embedded digits and folders in the formats of MNIST and CIFAR-10.
package io.quadric.engine.data;
