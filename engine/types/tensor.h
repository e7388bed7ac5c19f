// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tensor: one value of a Graph. Activations have no data; constants refer to a buffer.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "types/data_type.h"

namespace tflite {
struct CarriedTensor;
}

namespace types {

/// Dimensions, outermost first (NHWC for images). Empty: a scalar.
using Shape = std::vector<int32_t>;

/// Number of elements, 1 for a scalar. Shapes of a validated Graph never overflow.
int64_t elementCount(const Shape& shape);

/// "1x49x10x1"; "scalar" for rank 0.
std::string shapeText(const Shape& shape);

/// real = scale * (code - zeroPoint). Empty scale: not quantized. One entry: per tensor;
/// else one per slice along `axis` (per channel). Source: TFLite 8-bit quantization spec.
struct Quantization {
    std::vector<float> scale;
    std::vector<int64_t> zeroPoint;
    int32_t axis = 0;
    std::vector<float> min = {}, max = {};  ///< calibration range, for information only

    bool present() const { return !scale.empty(); }
    bool perChannel() const { return scale.size() > 1; }
    /// First zero point, 0 where none is given.
    int32_t firstZeroPoint() const {
        return zeroPoint.empty() ? 0 : static_cast<int32_t>(zeroPoint[0]);
    }
};

/// Scales in a tensor of the same subgraph instead of in Quantization, which is then empty: one per
/// block of elements along the last axis, or one per slice of several axes.
struct BlockScales {
    int32_t scales = -1, zeroPoints = -1;  ///< tensors; zeroPoints is -1 where all are 0
    int32_t blockSize = 0;                 ///< elements with one scale; 0: all of a slice
    std::vector<int32_t> axes;             ///< of slices; empty: blocks along the last axis
};

struct Tensor {
    std::string name;
    DataType type = DataType::Float32;
    Shape shape;
    Shape shapeSignature;  ///< -1 where the exporter left a dimension open; may be empty
    bool hasRank = false;
    bool isFilledIn = false;  ///< the file leaves the shape open and declares another
    uint32_t buffer = 0;  ///< index into Graph::buffers; buffer 0 is empty by convention
    /// Not 0: the data lie in another file, and this is their number in the container's list.
    uint32_t externalBuffer = 0;
    Quantization quantization;
    std::optional<BlockScales> blockScales;
    bool isVariable = false;  ///< state that is kept between invokes
    bool isSparse = false;    ///< data are compressed; no kernel of ours reads them
    /// Data that only the container interprets (sparsity, custom quantization); kept for writing.
    std::shared_ptr<const tflite::CarriedTensor> carried;

    int64_t elements() const { return elementCount(shape); }
    int64_t bytes() const { return bytesOf(type, elements()); }
    /// True where the file gives no shape: an empty one then means neither a scalar nor a vector.
    bool mayLackRank() const { return shape.empty() && !hasRank; }
};

/// "int8 per channel", "int4 in blocks of 32", "float32": how a tensor is stored.
std::string storageText(const Tensor& tensor);

}  // namespace types
