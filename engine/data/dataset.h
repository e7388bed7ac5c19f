// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dataset: samples as their files hold them, labelled or not. Conversion to a model's input happens
// on use (sample_values.h), so one dataset serves models of any precision and input size. Immutable
// after reading; sample bytes are shared, so copies are cheap.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "types/bytes.h"
#include "types/data_type.h"
#include "types/result.h"
#include "types/tensor.h"

namespace data {

/// How the bytes of a sample are to be read.
enum class Content : int8_t {
    Raw,      ///< what a device receives: the input tensor, or uint8 pixels of an image
    Pixels,   ///< uint8, shape height x width x channels
    Numbers,  ///< elements of a stated type and shape
    Sound,    ///< int16 samples of one channel
};

/// Real value of a pixel 0..255 in training: [0, 1], [-1, 1], or the pixel itself. Auto takes it
/// from the range of a quantized input, and [0, 1] for a float input.
enum class PixelScaling : int8_t { Auto, ZeroToOne, MinusOneToOne, Raw };

struct Sample {
    std::string name;    ///< file name, or "row 7"
    int32_t label = -1;  ///< class; -1: unlabelled
    types::Bytes bytes;
    Content content = Content::Raw;
    types::DataType type = types::DataType::UInt8;  ///< of Numbers
    types::Shape shape = {};                        ///< of all but Raw
    PixelScaling scaling = PixelScaling::Auto;
    int32_t group = -1;              ///< shared by the samples of one file (windows of a recording)
    std::vector<float> target = {};  ///< target of a regression; empty: none
};

struct Dataset {
    std::string name;                     ///< last part of the path
    std::filesystem::path path;           ///< where it was read; equal paths mean equal datasets
    int32_t classes = 0;                  ///< labels lie in [0, classes); 0: unlabelled
    bool classesStated = false;           ///< false: the number is one above the greatest label
    std::vector<std::string> classNames;  ///< names of the folders; empty: classes are numbers
    std::vector<Sample> samples;
    int32_t groups = 0;                 ///< 0: every sample is its own group
    std::vector<std::string> warnings;  ///< bad files that were skipped, classes without samples

    bool labelled() const { return classes > 0; }
};

using DatasetPtr = std::shared_ptr<const Dataset>;

/// Quantization of integer codes in raw files: real value = scale * (code - zeroPoint).
struct Codes {
    float scale = 1;
    int32_t zeroPoint = 0;
};

struct ReadOptions {
    bool skipBad = false;  ///< list bad files in Dataset::warnings and read the rest
    PixelScaling scaling = PixelScaling::Auto;
    /// The model takes colours as blue, green, red, as models trained on images from OpenCV do.
    bool blueFirst = false;
    /// Raw files hold int8 codes of another model's input; needed for a float model that has no
    /// record of that quantization.
    std::optional<Codes> codes;
};

/// Reads a dataset; the contents of `path` decide its form: EEMBC directory, images with labels,
/// one folder per class, NumPy x and y, IDX, CSV. Errors name the file and row, and what to do.
types::Result<Dataset> readDataset(const std::filesystem::path& path,
                                   const ReadOptions& options = {});

/// Returns the samples with these indices, in that order; `part` ("test part") is added to the
/// name.
Dataset select(const Dataset& dataset, const std::vector<int32_t>& samples,
               const std::string& part);

}  // namespace data
