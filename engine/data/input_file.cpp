// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/input_file.h"

#include "analysis/real_values.h"
#include "data/array_samples.h"
#include "data/dataset.h"
#include "data/file_sample.h"
#include "data/npy.h"
#include "data/sample_gathering.h"
#include "data/sample_values.h"
#include "data/sound_file.h"

namespace data {
namespace {

using namespace types;

using InputBytes = Result<std::vector<uint8_t>>;

InputBytes encoded(const Result<Sample>& sample, const Tensor& input) {
    if (!sample) return tl::unexpected(sample.error());
    const auto values = toReal(*sample, input);
    if (!values) return tl::unexpected(values.error());
    return analysis::encode(input, *values);
}

InputBytes fromArray(const std::filesystem::path& file, const Tensor& input) {
    auto array = readNpy(file);
    if (!array) return tl::unexpected(array.error());
    if (array->type == input.type && elementCount(array->shape) == input.elements())
        return std::move(array->bytes);
    return encoded(sampleOf(std::move(*array), file.string()), input);
}

Result<Sample> rawSample(const std::filesystem::path& file) {
    auto bytes = readWhole(file);
    if (!bytes) return tl::unexpected(bytes.error());
    return Sample{file.string(), -1, std::move(*bytes)};
}

Result<Sample> onlySample(const std::filesystem::path& path) {
    auto dataset = readDataset(path);
    if (!dataset) return tl::unexpected(dataset.error());
    if (dataset->samples.size() != 1)
        return fail("holds " + std::to_string(dataset->samples.size()) + " samples", path.string(),
                    "give a file with one");
    return std::move(dataset->samples.front());
}

}  // namespace

InputBytes readInput(const std::filesystem::path& file, const Tensor& input) {
    const auto ending = file.extension();
    if (ending == ".npy") return fromArray(file, input);
    if (isSampleFile(file)) return encoded(readFileSample(file, -1), input);
    if (ending == ".bin") return encoded(rawSample(file), input);
    return encoded(onlySample(file), input);
}

Result<std::vector<std::vector<uint8_t>>> readInputs(const std::filesystem::path& file,
                                                     const Tensor& input) {
    std::vector<std::vector<uint8_t>> inputs;
    if (isSoundFile(file) && input.type == DataType::Int16 && input.elements() > 0) {
        const auto sound = readSoundSample(file, -1);
        if (!sound) return tl::unexpected(sound.error());
        const auto hop = static_cast<size_t>(input.elements()) * sizeof(int16_t);
        const auto bytes = sound->bytes.view();
        for (size_t at = 0; bytes.size() > hop && at + hop <= bytes.size(); at += hop)
            inputs.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                bytes.begin() + static_cast<std::ptrdiff_t>(at + hop));
    }
    if (!inputs.empty()) return inputs;
    auto only = readInput(file, input);
    if (!only) return tl::unexpected(only.error());
    inputs.push_back(std::move(*only));
    return inputs;
}

}  // namespace data
