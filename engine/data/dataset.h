// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dataset: samples in the form of their files, labelled or not. They become a model's input when
// they are used (sample_values.h), so one dataset serves models of any precision and input size.
// A value that is never changed after it was read; its bytes are shared, so copies are cheap.

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

/// What the bytes of a sample are.
enum class Content : int8_t {
    Raw,      ///< what a device is sent: the input's own bytes, or uint8 pixels of an image input
    Pixels,   ///< uint8, shape height x width x channels
    Numbers,  ///< elements of a stated type and shape
};

/// Which real value a pixel 0..255 had when the model was trained: [0, 1], [-1, 1], or itself.
/// Auto: what the range of a quantized input says, [0, 1] for a float input.
enum class PixelScaling : int8_t { Auto, ZeroToOne, MinusOneToOne, Raw };

struct Sample {
    std::string name;    ///< file name, or "row 7"
    int32_t label = -1;  ///< class, -1 unlabelled
    types::Bytes bytes;
    Content content = Content::Raw;
    types::DataType type = types::DataType::UInt8;  ///< of Numbers
    types::Shape shape = {};                        ///< of Pixels and Numbers
    PixelScaling scaling = PixelScaling::Auto;
    int32_t group = -1;              ///< samples of one file (windows of a recording) share it
    std::vector<float> target = {};  ///< what a regression should answer; empty: none
};

struct Dataset {
    std::string name;                     ///< last part of the path
    std::filesystem::path path;           ///< where it was read; two with one path are the same
    int32_t classes = 0;                  ///< labels lie in [0, classes); 0: unlabelled
    bool classesStated = false;           ///< else the greatest label tells how many there are
    std::vector<std::string> classNames;  ///< of folders; empty: classes are numbers
    std::vector<Sample> samples;
    int32_t groups = 0;                 ///< 0: every sample stands for itself
    std::vector<std::string> warnings;  ///< bad files that were left out, classes without samples

    bool labelled() const { return classes > 0; }
};

using DatasetPtr = std::shared_ptr<const Dataset>;

/// How integer codes in raw files become real values: scale * (code - zeroPoint).
struct Codes {
    float scale = 1;
    int32_t zeroPoint = 0;
};

struct ReadOptions {
    bool skipBad = false;  ///< bad files are named in Dataset::warnings and the rest loads
    PixelScaling scaling = PixelScaling::Auto;
    /// Colours are given to the model as blue, green, red: what it was trained on where OpenCV read
    /// its images.
    bool blueFirst = false;
    /// Raw files hold int8 codes of another model's input; for a float model without a record of
    /// that quantization.
    std::optional<Codes> codes;
};

/// Reads a dataset, its form chosen by what lies there: EEMBC directory, images with labels, one
/// folder per class, NumPy x and y, CSV. Errors name file and row, and what to do.
types::Result<Dataset> readDataset(const std::filesystem::path& path,
                                   const ReadOptions& options = {});

/// Samples by index, in that order; `part` says which ("test part") and joins the name.
Dataset select(const Dataset& dataset, const std::vector<int32_t>& samples,
               const std::string& part);

}  // namespace data
