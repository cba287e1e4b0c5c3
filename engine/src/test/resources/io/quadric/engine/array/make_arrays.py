"""Makes the arrays beside this script: python3 make_arrays.py, with NumPy 2.4 and safetensors 0.8."""
import numpy as np
from numpy.lib import format as npy
from safetensors.numpy import save_file

values = (np.arange(12) * 0.5 - 2).reshape(2, 3, 2)
for code in ["f2", "f4", "f8", "i1", "i2", "i4", "i8"]:
    np.save(f"{code}.npy", values.astype("<" + code))
for code in ["u1", "u2", "u4"]:
    np.save(f"{code}.npy", (values * 2 + 4).astype("<" + code))
np.save("b1.npy", values > 0)
np.save("fortran.npy", np.asfortranarray(values))
np.save("scalar.npy", np.float64(2.5))
np.save("empty.npy", np.zeros((0, 3), "<f4"))
np.save("largest-u4.npy", np.array([2**32 - 1, 0], "<u4"))
for version in [(2, 0), (3, 0)]:
    with open(f"version{version[0]}.npy", "wb") as out:
        npy.write_array(out, values, version=version)

np.save("big-endian.npy", values.astype(">f8"))
np.save("objects.npy", np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
np.save("texts.npy", np.array(["a", "bc"]))
np.save("complex.npy", values.astype("<c16"))
np.save("records.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))

table = np.array([[1, 2], [3, 4], [5, 6]], "<f8")
np.savez("plain.npz", X=table, y=np.array([0, 1, 1]))
np.savez_compressed("compressed.npz", X=np.asfortranarray(table), y=np.array([0, 1, 1]))

save_file(
    {"0.weight": values[0].astype("<f4"), "0.bias": np.array([0.25, -1.5]), "half": np.array([1.5, -2], "<f2"),
     "count": np.array([7], "<i8"), "mask": np.array([True, False, True])},
    "reference.safetensors", metadata={"made by": "safetensors"})
