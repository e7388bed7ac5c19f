// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/numpy_arrays.h"

#include <algorithm>

#include "data/array_names.h"
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

bool isArchive(const std::filesystem::path& path) {
    return path.extension() == ".npz";
}

/// Names, without endings, of the directory's entries that end so; sorted.
std::vector<std::string> stemsIn(const std::filesystem::path& directory, const char* ending) {
    std::vector<std::string> stems;
    std::error_code problem;
    for (std::filesystem::directory_iterator entry(directory, problem), end;
         !problem && entry != end; entry.increment(problem))
        if (entry->path().extension() == ending) stems.push_back(entry->path().stem().string());
    std::sort(stems.begin(), stems.end());
    return stems;
}

Result<Pair> readFiles(const std::filesystem::path& directory, const ArraySet& set) {
    auto x = readNpy(directory / (set.samples + ".npy"));
    if (!x) return tl::unexpected(x.error());
    Pair pair{std::move(*x), {}};
    if (set.labels.empty()) return pair;
    auto y = readNpy(directory / (set.labels + ".npy"));
    if (!y) return tl::unexpected(y.error());
    pair.y = std::move(*y);
    return pair;
}

Result<Pair> readArchive(const std::filesystem::path& file, const std::string& wanted) {
    const auto names = namesInNpz(file);
    if (!names) return tl::unexpected(names.error());
    const auto set = chosenSet(*names, wanted, file.string());
    if (!set) return tl::unexpected(set.error());
    auto arrays = readNpz(file, {set->samples, set->labels});
    if (!arrays) return tl::unexpected(arrays.error());
    Pair pair{std::move(arrays->at(set->samples)), {}};
    if (const auto y = arrays->find(set->labels); y != arrays->end()) pair.y = std::move(y->second);
    return pair;
}

Result<Pair> readDirectory(const std::filesystem::path& directory) {
    const auto stems = stemsIn(directory, ".npy");
    if (!setsAmong(stems).empty()) {
        const auto set = chosenSet(stems, "", directory.string());
        return set ? readFiles(directory, *set) : tl::unexpected(set.error());
    }
    const auto archives = stemsIn(directory, ".npz");
    if (archives.size() == 1) return readArchive(directory / (archives.front() + ".npz"), "");
    std::string names;
    for (const std::string& name : archives)
        names += (names.empty() ? "" : ", ") + name + ".npz";
    return fail("the directory holds several sets: " + names, directory.string(),
                "give one of the files");
}

/// One .npy: the labels may lie beside it.
Result<Pair> readFile(const std::filesystem::path& file) {
    const auto stem = file.stem().string();
    for (const ArraySet& set : setsAmong(stemsIn(file.parent_path(), ".npy")))
        if (set.samples == stem) return readFiles(file.parent_path(), set);
    auto x = readNpy(file);
    if (!x) return tl::unexpected(x.error());
    return Pair{std::move(*x), {}};
}

Result<Pair> readPair(const std::filesystem::path& path) {
    std::error_code problem;
    if (std::filesystem::is_directory(path, problem)) return readDirectory(path);
    if (isArchive(path)) return readArchive(path, "");
    if (isArchive(path.parent_path()))
        return readArchive(path.parent_path(), path.filename().string());
    return readFile(path);
}

}  // namespace

bool matches(const std::filesystem::path& path) {
    std::error_code problem;
    if (std::filesystem::is_directory(path, problem))
        return !setsAmong(stemsIn(path, ".npy")).empty() || !stemsIn(path, ".npz").empty();
    return isArchive(path) || isArchive(path.parent_path()) || path.extension() == ".npy";
}

Result<Dataset> read(const std::filesystem::path& path, const ReadOptions& options) {
    auto pair = readPair(path);
    if (!pair) return tl::unexpected(pair.error());
    return datasetOf(std::move(pair->x), std::move(pair->y), path, options);
}

}  // namespace data::numpy_arrays
