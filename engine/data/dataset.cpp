// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"

#include <algorithm>

#include "data/eembc_directory.h"

namespace data {

using namespace types;

Result<Dataset> readDataset(const std::filesystem::path& path) {
    std::error_code problem;
    if (!std::filesystem::exists(path, problem))
        return fail("the dataset does not exist", path.string(), "check the path");
    if (isEembcDirectory(path)) return readEembcDirectory(path);
    return fail("no dataset of a known form", path.string(),
                "give a directory with y_labels.csv beside raw input files");
}

Result<std::vector<uint8_t>> toInput(const Sample& sample, const Tensor& input) {
    if (static_cast<int64_t>(sample.bytes.size()) != input.bytes())
        return fail("has " + std::to_string(sample.bytes.size()) + " bytes, the input " +
                        dataTypeName(input.type) + " " + shapeText(input.shape) + " needs " +
                        std::to_string(input.bytes()),
                    sample.name, "choose the dataset that belongs to the model");
    std::vector<uint8_t> bytes(sample.bytes.view().begin(), sample.bytes.view().end());
    const Quantization& q = input.quantization;
    const bool pixels = input.type == DataType::Int8 && q.present() && q.firstZeroPoint() == -128;
    // pixel - 128 as two's complement flips the highest bit.
    if (pixels)
        std::transform(bytes.begin(), bytes.end(), bytes.begin(),
                       [](uint8_t pixel) { return static_cast<uint8_t>(pixel ^ 0x80); });
    return bytes;
}

}  // namespace data
