// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/numpy_arrays.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "analysis/real_values.h"
#include "data/npy.h"
#include "data/npz.h"
#include "data/sample_gathering.h"

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

/// Converts doubles to floats; refuses element types that no Tensor has.
Result<void> fitType(Array& array, const std::string& where) {
    if (array.type == DataType::Float64) {
        std::vector<uint8_t> floats(array.bytes.size() / 2);
        for (size_t i = 0; i * sizeof(float) < floats.size(); ++i) {
            double value;
            std::memcpy(&value, array.bytes.data() + i * sizeof value, sizeof value);
            const auto narrow = static_cast<float>(value);
            std::memcpy(floats.data() + i * sizeof narrow, &narrow, sizeof narrow);
        }
        array.type = DataType::Float32;
        array.bytes = std::move(floats);
    }
    if (array.type == DataType::Float16 || array.type == DataType::UInt32)
        return fail("holds " + dataTypeName(array.type), where, "save float32 or int32");
    return {};
}

Tensor tensorOf(const Array& array) {
    Tensor tensor;
    tensor.type = array.type;
    tensor.shape = array.shape;
    return tensor;
}

Result<void> checkArrays(Pair& pair, const std::string& where) {
    if (auto fitted = fitType(pair.x, where + " x"); !fitted) return fitted;
    if (pair.y)
        if (auto fitted = fitType(*pair.y, where + " y"); !fitted) return fitted;
    if (pair.x.shape.empty() || elementCount(pair.x.shape) < 1)
        return fail("x has no samples", where,
                    "its first axis counts the samples, each holds at least one value");
    if (pair.y && (pair.y->shape.empty() || pair.y->shape[0] != pair.x.shape[0]))
        return fail("x has " + std::to_string(pair.x.shape[0]) + " samples, y has shape " +
                        shapeText(pair.y->shape),
                    where, "save one row of y per sample");
    return {};
}

/// Sample i of x: a view of its bytes, without the first axis.
Sample sampleOf(const Array& x, const Bytes& bytes, int32_t i) {
    Sample sample;
    sample.name = "sample " + std::to_string(i);
    sample.type = x.type;
    sample.shape.assign(x.shape.begin() + 1, x.shape.end());
    const auto size = static_cast<size_t>(bytesOf(x.type, elementCount(sample.shape)));
    sample.bytes = bytes.window(static_cast<size_t>(i) * size, size);
    const bool pixels = x.type == DataType::UInt8 && sample.shape.size() == 3 &&
                        (sample.shape[2] == 1 || sample.shape[2] == 3);
    sample.content = pixels ? Content::Pixels : Content::Numbers;
    return sample;
}

/// Sets the label or target of the sample; `targets`: all values of y.
Result<void> setTarget(Sample& sample, const Array& y, const std::vector<float>& targets,
                       size_t i) {
    const size_t each = targets.size() / static_cast<size_t>(y.shape[0]);
    const float* own = targets.data() + i * each;
    if (y.type == DataType::Float32) {
        sample.target.assign(own, own + each);
        return {};
    }
    if (each != 1)
        return fail("y has " + std::to_string(each) + " integers per sample", sample.name,
                    "save one label per sample, or float32 targets");
    if (*own < 0 || *own >= static_cast<float>(kMaxClasses)) {
        char label[32];
        std::snprintf(label, sizeof label, "%g", static_cast<double>(*own));
        return fail(std::string("label ") + label + " is not a valid class", sample.name,
                    "labels count from 0");
    }
    sample.label = static_cast<int32_t>(*own);
    return {};
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
    if (auto sound = checkArrays(*pair, path.string()); !sound)
        return tl::unexpected(sound.error());
    const Bytes bytes(std::move(pair->x.bytes));
    std::vector<float> targets;
    if (pair->y) targets = analysis::dequantize(tensorOf(*pair->y), pair->y->bytes);
    SampleGathering gathering(options);
    int32_t classes = 0;
    for (int32_t i = 0; i < pair->x.shape[0]; ++i) {
        Result<std::vector<Sample>> samples{{sampleOf(pair->x, bytes, i)}};
        Result<void> done;
        if (pair->y) done = setTarget(samples->front(), *pair->y, targets, size_t(i));
        if (done)
            classes = std::max(classes, samples->front().label + 1);
        else
            samples = tl::unexpected(done.error());
        if (auto added = gathering.add(std::move(samples)); !added)
            return tl::unexpected(added.error());
    }
    return std::move(gathering).finish(path, classes);
}

}  // namespace data::numpy_arrays
