/// Data sets: the embedded digits and folders in the MNIST format.
package io.quadric.engine.data;
