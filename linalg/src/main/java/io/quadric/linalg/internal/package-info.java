/// The loops over elements: scalar and SIMD twins behind one door. Nothing here is public.
package io.quadric.linalg.internal;
