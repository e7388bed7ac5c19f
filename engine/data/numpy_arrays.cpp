// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/numpy_arrays.h"

#include "data/array_samples.h"
#include "data/npy.h"
#include "data/npz.h"

namespace data::numpy_arrays {
namespace {

using namespace types;

struct Pair {
    Array x;
    std::optional<Array> y;
};

Result<Pair> readDirectory(const std::filesystem::path& directory) {
    auto x = readNpy(directory / "x.npy");
    if (!x) return tl::unexpected(x.error());
    Pair pair{std::move(*x), {}};
    std::error_code problem;
    if (!std::filesystem::exists(directory / "y.npy", problem)) return pair;
    auto y = readNpy(directory / "y.npy");
    if (!y) return tl::unexpected(y.error());
    pair.y = std::move(*y);
    return pair;
}

Result<Pair> readArchive(const std::filesystem::path& file) {
    auto arrays = readNpz(file, {"x", "y"});
    if (!arrays) return tl::unexpected(arrays.error());
    const auto x = arrays->find("x"), y = arrays->find("y");
    if (x == arrays->end())
        return fail("the archive has no array named x", file.string(),
                    "save it with numpy.savez(file, x=..., y=...)");
    Pair pair{std::move(x->second), {}};
    if (y != arrays->end()) pair.y = std::move(y->second);
    return pair;
}

Result<Pair> readPair(const std::filesystem::path& path) {
    std::error_code problem;
    if (std::filesystem::is_directory(path, problem)) return readDirectory(path);
    if (path.extension() == ".npz") return readArchive(path);
    auto x = readNpy(path);
    if (!x) return tl::unexpected(x.error());
    return Pair{std::move(*x), {}};
}

}  // namespace

bool matches(const std::filesystem::path& path) {
    std::error_code problem;
    const auto ending = path.extension();
    return std::filesystem::exists(path / "x.npy", problem) || ending == ".npz" || ending == ".npy";
}

Result<Dataset> read(const std::filesystem::path& path, const ReadOptions& options) {
    auto pair = readPair(path);
    if (!pair) return tl::unexpected(pair.error());
    return datasetOf(std::move(pair->x), std::move(pair->y), path, options);
}

}  // namespace data::numpy_arrays
