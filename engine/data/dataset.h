// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dataset: labelled samples in the raw form of their files; made into a model's input tensor when
// they are run. A value that is never changed after it was read.

#include <filesystem>
#include <string>
#include <vector>

#include "types/bytes.h"
#include "types/result.h"
#include "types/tensor.h"

namespace data {

struct Sample {
    std::string name;    ///< file name
    int32_t label = -1;  ///< class, -1 unlabelled
    types::Bytes bytes;
};

struct Dataset {
    std::string name;
    int32_t classes = 0;
    std::vector<Sample> samples;
};

/// Reads a dataset, its form chosen by what lies there. So far: an EEMBC directory, `y_labels.csv`
/// with rows `file,classes,class` beside raw input files.
types::Result<Dataset> readDataset(const std::filesystem::path& path);

/// The sample as bytes of the input tensor. Raw files hold the tensor's bytes; for an int8 input
/// with zero point -128 (images) they hold uint8 pixels, and code = pixel - 128.
types::Result<std::vector<uint8_t>> toInput(const Sample& sample, const types::Tensor& input);

}  // namespace data
