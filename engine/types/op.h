// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Op: one operator of a Graph, in execution order. Options that a room interprets are typed here;
// all others are kept unchanged in `carried`.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "types/data_type.h"
#include "types/op_kind.h"
#include "types/tensor.h"

namespace tflite {
struct CarriedOp;
}

namespace types {

enum class Padding : int8_t { Same = 0, Valid = 1 };
enum class Activation : int8_t {
    None = 0,
    Relu = 1,
    ReluN1To1 = 2,
    Relu6 = 3,
    Tanh = 4,
    SignBit = 5
};

/// CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV and pools: a window that slides over height and
/// width. filterHeight/Width are for pools only (convolutions have a filter tensor).
struct WindowOptions {
    Padding padding = Padding::Same;
    int32_t strideWidth = 1, strideHeight = 1;
    int32_t dilationWidth = 1, dilationHeight = 1;
    int32_t filterWidth = 0, filterHeight = 0;
    int32_t depthMultiplier = 0;  ///< DEPTHWISE_CONV_2D
    Activation activation = Activation::None;
    DataType quantizedBiasType = DataType::Float32;  ///< Float32 means "not stated"
};

struct FullyConnectedOptions {
    Activation activation = Activation::None;
    bool shuffledWeights = false;
    bool keepNumDims = false;
    bool asymmetricQuantizeInputs = false;
    DataType quantizedBiasType = DataType::Float32;
};

/// ADD, SUB, MUL, DIV, L2_NORMALIZATION.
struct ArithmeticOptions {
    Activation activation = Activation::None;
    bool potScaleInt16 = true;  ///< ADD and SUB
};

struct SoftmaxOptions {
    float beta = 1.0f;
};

struct ConcatenationOptions {
    int32_t axis = 0;
    Activation activation = Activation::None;
};

struct ReshapeOptions {
    Shape newShape;
};

struct SvdfOptions {
    int32_t rank = 1;
    Activation activation = Activation::None;
    bool asymmetricQuantizeInputs = false;
};

struct LstmOptions {
    Activation activation = Activation::Tanh;
    float cellClip = 0.0f, projectionClip = 0.0f;
    bool timeMajor = false;
    bool asymmetricQuantizeInputs = false;
    bool diagonalRecurrentTensors = false;
};

struct ReduceOptions {
    bool keepDims = false;
};

struct SqueezeOptions {
    std::vector<int32_t> dims;
};

struct ResizeOptions {
    bool alignCorners = false, halfPixelCenters = false;
};

struct StridedSliceOptions {
    int32_t beginMask = 0, endMask = 0, ellipsisMask = 0, newAxisMask = 0, shrinkAxisMask = 0;
    bool offset = false;
};

/// SPLIT, SPLIT_V (parts), PACK and UNPACK (parts and axis).
struct PartsOptions {
    int32_t parts = 0;
    int32_t axis = 0;
};

struct GatherOptions {
    int32_t axis = 0, batchDims = 0;
};

struct CastOptions {
    DataType from = DataType::Float32, to = DataType::Float32;
};

/// ARG_MAX, ARG_MIN and SHAPE.
struct IndexTypeOptions {
    DataType outputType = DataType::Float32;
};

struct LeakyReluOptions {
    float alpha = 0.0f;
};

struct MirrorPadOptions {
    bool symmetric = false;  ///< else reflect
};

struct BatchMatMulOptions {
    bool transposeLeft = false, transposeRight = false;
    bool asymmetricQuantizeInputs = false;
};

struct CumsumOptions {
    bool exclusive = false, reverse = false;
};

/// SPACE_TO_DEPTH and DEPTH_TO_SPACE.
struct BlockOptions {
    int32_t blockSize = 1;
};

/// IF (then, else), WHILE (condition, body), CALL_ONCE (init, -1), STABLEHLO_COMPOSITE
/// (decomposition, -1): indices of subgraphs.
struct SubgraphOptions {
    int32_t first = -1, second = -1;
};

/// VAR_HANDLE: handles with the same names are one variable.
struct VarHandleOptions {
    std::string container, sharedName;
};

/// Custom operators: the numbers of their options (FlexBuffers), in the order of the file, which
/// sorts them by name. TFLM reads most of them by position.
struct CustomOptions {
    struct Number {
        std::string name;
        double value = 0;
        bool isInteger = true;
    };
    std::vector<Number> numbers;

    /// Returns nothing where the number is missing, no integer, or outside 32 bits.
    std::optional<int32_t> integer(size_t position) const;
    std::optional<int32_t> integer(std::string_view name) const;
};

using OpOptions =
    std::variant<std::monostate, WindowOptions, FullyConnectedOptions, ArithmeticOptions,
                 SoftmaxOptions, ConcatenationOptions, ReshapeOptions, SvdfOptions, LstmOptions,
                 ReduceOptions, SqueezeOptions, ResizeOptions, StridedSliceOptions, PartsOptions,
                 GatherOptions, CastOptions, IndexTypeOptions, LeakyReluOptions, MirrorPadOptions,
                 BatchMatMulOptions, CumsumOptions, BlockOptions, SubgraphOptions,
                 VarHandleOptions, CustomOptions>;

/// Returns the fused activation of an operator; None where its options have none.
Activation activationOf(const OpOptions& options);

struct Op {
    OpKind kind = OpKind::ADD;
    std::string customCode;  ///< of custom operators
    int32_t version = 1;
    std::vector<int32_t> inputs, outputs;  ///< tensor indices; -1: absent optional input
    std::vector<int32_t> intermediates;
    OpOptions options;
    /// Index of this operator in the model as opened; -1 for an operator that a transform inserted.
    /// tflite::read() and builders set it; transforms keep it, so that a varied layer can be
    /// compared with its original and a knob finds its layer.
    int32_t origin = -1;
    /// Data that only the container interprets (unknown options, custom bytes); kept for writing.
    std::shared_ptr<const tflite::CarriedOp> carried;

    /// "CONV_2D", or "CUSTOM name".
    std::string name() const {
        return isCustom(kind) ? "CUSTOM " + customCode : opName(kind);
    }
    /// Tensor index of input i; -1 where it is absent or the list is shorter.
    int32_t input(size_t i) const { return i < inputs.size() ? inputs[i] : -1; }
    int32_t output(size_t i) const { return i < outputs.size() ? outputs[i] : -1; }
};

}  // namespace types
